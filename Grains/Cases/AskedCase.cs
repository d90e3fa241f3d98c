using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <summary>A case that is asked before an act what would come of it: by the rules of the act, and never recorded.</summary>
public abstract class AskedCase(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : CommandedCase(worlds, neighbourhood, seeds)
{
    public async Task<Outcome<AskedActs>> AskAsync(Stamp stamp)
    {
        if ((KeyFault ?? CommandTexts.Read(ref stamp) ?? SaidBySystem(stamp, "ask")) is { } unfit)
        {
            return unfit;
        }

        await LoadAsync();
        if (!State.IsOpened)
        {
            return CaseRefusals.Unknown(Key);
        }

        var (file, version, procedure) = (State, Version, Seeds.ProcedureOf(State));
        var step = file.IsOpen ? procedure.Steps.GetValueOrDefault(file.Step) : null;
        if (step is null)
        {
            return new AskedActs(file.Number, version, null, []);
        }

        var late = WrongMoment(stamp);
        var acts = ImmutableArray.CreateBuilder<AskedAct>();
        foreach (var (some, anywhere) in new[] { (step.Acts, false), (procedure.Anywhere, true) })
        {
            foreach (var act in ProcedureForms.ActsOfPeople(some.Values))
            {
                acts.Add(Asked(act, procedure, anywhere, late ?? await AskAsync(file, act, stamp)));
            }
        }

        return new AskedActs(file.Number, version, step.Name, acts.ToImmutable());
    }

    public async Task<Outcome<CaseOutlook>> ForeseeAsync(ActOnCase command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command) ?? SaidBySystem(command.Stamp, command.Act)) is { } unfit)
        {
            return unfit;
        }

        await LoadAsync();
        if (!State.IsOpened)
        {
            return CaseRefusals.Unknown(Key);
        }

        var (file, version) = (State, Version);
        return
            (MovedOn(command) ?? WrongMoment(command.Stamp)) is { } refusal
            || (await Gathering.ForActAsync(file, command)).IsRefused(out refusal, out var facts)
            || CaseRules.Act(file, command, facts).IsRefused(out refusal, out var taken)
            ? refusal
            : taken.ToOutlook(version, facts);
    }

    private async ValueTask<Refusal?> AskAsync(CaseFile file, ActRule act, Stamp stamp)
    {
        var gathered = await Gathering.ForActAsync(file, new ActOnCase(stamp, act.Code, []), isQuestion: true);
        return gathered.IsRefused(out var refusal, out var facts) ? refusal : CaseRules.Ask(file, act, stamp, facts);
    }

    private static AskedAct Asked(ActRule act, Procedure procedure, bool anywhere, Refusal? refusal)
    {
        var ends = procedure.Ends.TryGetValue(act.To, out var end);
        return new AskedAct(
            Act: act.Code,
            Name: act.Name,
            To: ends ? end!.Name : procedure.Steps[act.To].Name,
            Ends: ends,
            Decides: act.Decides,
            Anywhere: anywhere,
            Fields: ProcedureForms.Fields(procedure, act),
            Refusal: refusal
        );
    }
}
