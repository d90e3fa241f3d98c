using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>
/// What a pair is to be answered, from the rules and the grains alone: who they are by the town's record, what they have to do with the
/// case by <see cref="AccessRules"/>, and then what the rule says. It asks nothing over HTTP.
/// </summary>
internal sealed class PairOracle(SignedInSilo silo, Func<DateTimeOffset> now)
{
    private readonly SpeakerOracle speakers = new(silo, now);

    private OfficeOracle Offices => new(silo, speakers, now);

    public Task<PairOutcome> ExpectAsync(Pair pair) =>
        pair.Who.IsAnonymous
            ? Task.FromResult(PairOutcome.Bare(StatusCodes.Status401Unauthorized))
            : pair.Command switch
            {
                OpenPair open => OpeningAsync(pair.Who, open),
                ActPair act => ActAsync(pair.Who, act),
                FilePair file => Offices.FilingAsync(pair.Who, file),
                LeavePair leave => Offices.LeaveAsync(pair.Who, leave),
                _ => throw new InvalidDataException($"{pair.Command}"),
            };

    private async Task<PairOutcome> OpeningAsync(Requester who, OpenPair open)
    {
        var speaker =
            open.Office is null && !SpeakerOracle.IsOfOffice(who)
                ? SpeakingAs.ForParty(who, open.Opening.Party.Id)
                : await speakers.SpeakerAsync(who, open.Office);
        if (speaker.IsRefused(out var refusal, out var known))
        {
            return PairOutcome.AtTheDoor(refusal);
        }

        var command = open.Opening with { Stamp = new Stamp(Guid.CreateVersion7(), known.Actor, now()) };
        return (await silo.Grains.ForeseeOpeningAsync(command)).IsRefused(out refusal, out var outlook)
            ? PairOutcome.ByRule(refusal)
            : new PairOutcome(StatusCodes.Status201Created, null, Recorded: true, outlook.After.Step);
    }

    private async Task<PairOutcome> ActAsync(Requester who, ActPair act)
    {
        Speaker? speaker = null;
        if (SpeakerOracle.IsOfOffice(who) && (await speakers.SpeakerAsync(who, act.Office)).IsRefused(out var refusal, out speaker))
        {
            return PairOutcome.AtTheDoor(refusal);
        }

        if ((await Case(act.Number).ReadAsync()).Value is not { } view)
        {
            return PairOutcome.AtTheDoor(RefusalCode.CaseUnknown);
        }

        return await ActAsync(who, speaker, view, act);
    }

    private async Task<PairOutcome> ActAsync(Requester who, Speaker? speaker, CaseView view, ActPair act)
    {
        var relation = await RelationAsync(who, speaker, view);
        if ((AccessRules.RightsOf(who, speaker, relation) & (CaseRights.Read | CaseRights.Act)) == 0)
        {
            return PairOutcome.AtTheDoor(RefusalCode.CaseUnknown);
        }

        var isParty = relation is CaseRelation.Party or CaseRelation.Agent;
        var actor = isParty ? SpeakingAs.ForParty(who, view.Party.Id).Value?.Actor : speaker?.Actor;
        if (actor is null)
        {
            return PairOutcome.AtTheDoor(RefusalCode.OfficeNotHeld);
        }

        if (!who.May(isParty ? KeyScopes.ApplyForParty : KeyScopes.ActForOffice))
        {
            return PairOutcome.AtTheDoor(RefusalCode.NotForClients);
        }

        if (act.Version is null && IsDecision(view, act.Act))
        {
            return PairOutcome.Bare(StatusCodes.Status428PreconditionRequired);
        }

        var command = new ActOnCase(new Stamp(Guid.Empty, actor, now()), act.Act, act.Fields, act.Version);
        return (await Case(act.Number).ForeseeAsync(command)).IsRefused(out var refusal, out var outlook)
            ? PairOutcome.ByRule(refusal)
            : new PairOutcome(StatusCodes.Status200OK, null, Recorded: true, outlook.After.Step);
    }

    private async Task<CaseRelation> RelationAsync(Requester who, Speaker? speaker, CaseView view)
    {
        var plan = silo.Seeds.Towns[view.Town];
        var records = (await Case(view.Number).HistoryAsync(0)).Value!.Records;
        var past = speaker is null
            ? null
            : new OfficePast(IsFrom(records[0].Actor), records.Any(record => IsFrom(record.Actor)), await GuidesAsync(speaker, view, plan));
        return AccessRules.RelationOf(who, speaker, view, plan, past);

        bool IsFrom(Actor actor) =>
            actor.Office == speaker.Actor.Office
            && actor.Id.StartsWith($"{plan.Prefix}-", StringComparison.OrdinalIgnoreCase) == speaker.Town is not null;
    }

    private async Task<bool> GuidesAsync(Speaker speaker, CaseView view, TownPlan plan) =>
        speaker.County is not null
        && plan.Items.GetValueOrDefault(view.Subject) is { } item
        && item.CountyDepartment == speaker.Actor.Office
        && plan.DayOf(now()) is var day
        && (await silo.Grains.Grain<ICatalogueGrain>(Address.Town(Address.Live, plan.Code)).HoldingAsync(item.Code, day)).Value
            is { } holding
        && PowerRules.IsGuided(holding, plan.Policy, day);

    private bool IsDecision(CaseView view, string act) =>
        silo.Seeds.Find(view.Procedure, view.ProcedureVersion) is { } procedure
        && (
            procedure.ActAt(view.Step, act)?.Decides
            ?? procedure.Steps.Values.Any(step => step.Acts.TryGetValue(act, out var one) && one.Decides)
        );

    private ICaseGrain Case(string number) => silo.Grains.Grain<ICaseGrain>(Address.Case(Address.Live, number));
}
