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

        if (await AskReassigningAsync(file, stamp, late) is { } reassigning)
        {
            acts.Add(reassigning);
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
        if (command.Act == ReassignRules.Act)
        {
            return
                (MovedOn(command) ?? WrongMoment(command.Stamp)) is { } no
                || (await Gathering.ForReassigningAsync(file, command)).IsRefused(out no, out var known)
                || ReassignRules.Give(file, command, known).IsRefused(out no, out var given)
                ? no
                : given.ToOutlook(version, known);
        }

        return
            (MovedOn(command) ?? WrongMoment(command.Stamp)) is { } refusal
            || (await Gathering.ForActAsync(file, command)).IsRefused(out refusal, out var facts)
            || CaseRules.Act(file, command, facts).IsRefused(out refusal, out var taken)
            ? refusal
            : taken.ToOutlook(version, facts);
    }

    public async Task<Outcome<NameablePeople>> AskWhoAsync(Stamp stamp, string act, string field)
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

        var (file, command) = (State, new ActOnCase(stamp, act, []));
        if (act != ReassignRules.Act)
        {
            return Seeds.ProcedureOf(file).ActAt(file.Step, act) is not { } rule ? NameablePeople.Nobody
                : (await Gathering.ForActAsync(file, command, isQuestion: true)).IsRefused(out var refusal, out var facts) ? refusal
                : await AmongAsync(
                    file,
                    person =>
                        !(NamingRules.IsBeside(field) && person.Id == stamp.Actor.Id)
                        && NamingRules.Check(file, rule, field, person, stamp, facts) is null
                );
        }

        return (await Gathering.ForReassigningAsync(file, command)).IsRefused(out var no, out var known) ? no
            : field == ReassignRules.From ? await AmongAsync(file, person => file.Officers.Contains(person.Id))
            : await AmongAsync(file, person => ReassignRules.Check(file, person, stamp, known) is null);
    }

    private async Task<NameablePeople> AmongAsync(CaseFile file, Func<StaffFacts, bool> may) =>
        new([.. (await Gathering.EverybodyAsync(Seeds.Towns[file.Town])).Where(may)]);

    // Only to those whose business it is: to everybody else it would be one more thing that they can't do.
    private async ValueTask<AskedAct?> AskReassigningAsync(CaseFile file, Stamp stamp, Refusal? late)
    {
        var gathered = await Gathering.ForReassigningAsync(file, new ActOnCase(stamp, ReassignRules.Act, []));
        if (gathered.Value is not { } facts || !ReassignRules.IsHead(facts.Actor))
        {
            return null;
        }

        var step = facts.Procedure.Steps[file.Step];
        return new AskedAct(
            Act: ReassignRules.Act,
            Name: ReassignRules.Name,
            To: step.Name,
            Ends: false,
            Decides: false,
            Anywhere: true,
            Fields: ReassignRules.Fields(file),
            Refusal: late ?? ReassignRules.Ask(file, stamp, facts)
        );
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
