using System.Collections.Immutable;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Cases;

/// <summary>Which lines somebody may see.</summary>
/// <param name="Searches">Their cases are what these find.</param>
/// <param name="Own">They are their own: ids of parties are shown.</param>
/// <param name="Agents">Only those in which one of these acts for the party; null for all of them.</param>
internal sealed record CaseScope(ImmutableArray<CaseSearch> Searches, bool Own = false, ImmutableArray<string>? Agents = null);

/// <summary>Finds out which lines somebody may see: of their own cases, their office's, their town's, or all.</summary>
internal sealed class CaseScopes(SpeakingAs speaking, SeedLibrary seeds, TownCalls town, ITownClock clock)
{
    public async Task<Outcome<CaseScope>> OfAsync(Requester who, CaseFilter filter)
    {
        if (!who.May(KeyScopes.Read))
        {
            return IdentityRefusals.OutsideScope(KeyScopes.Read);
        }

        var asked = new CaseSearch(filter.Town, filter.Procedure, filter.Item, filter.State?.Value, Party: filter.Party);
        return who switch
        {
            _ when town.Held is not null => new CaseScope([At(asked, filter.Town, filter.Office)]),
            _ when CaseFiles.SpeaksForOffice(who) => await OfOfficeAsync(who, filter, asked),
            { Parties.IsEmpty: false } => OfParties(who, asked),
            { Kind: AccountKind.Leader or AccountKind.Auditor } => new CaseScope([At(asked, filter.Town, filter.Office)]),
            _ => IdentityRefusals.NoOffice(filter.Office ?? ""),
        };
    }

    private static CaseScope OfParties(Requester who, CaseSearch asked) =>
        asked.Party is null ? new([.. who.Parties.Select(party => asked with { Party = party })], Own: true)
        : who.Parties.Any(own => TextRules.SameId(own, asked.Party)) ? new([asked], Own: true)
        : new([asked], Agents: who.Parties);

    private async Task<Outcome<CaseScope>> OfOfficeAsync(Requester who, CaseFilter filter, CaseSearch asked)
    {
        if ((await speaking.OfficeAsync(who, null)).IsRefused(out var refusal, out var speaker))
        {
            return refusal;
        }

        var whole = AccessRules.IsSuperior(speaker) ? speaker.Town : null;
        if (whole is null && filter.Office is { } other && other != speaker.Actor.Office)
        {
            // Says whose it isn't.
            return (await speaking.OfficeAsync(who, other)).Refusal ?? IdentityRefusals.NoOffice(other);
        }

        return whole is not null ? new CaseScope([At(asked with { Town = whole }, whole, filter.Office)])
            : filter.Office is null && await IsGuidedAsync(speaker, filter) ? new CaseScope([asked])
            : new CaseScope([At(asked, speaker.Town ?? speaker.County, speaker.Actor.Office)]);
    }

    private static CaseSearch At(CaseSearch asked, string? above, string? office) =>
        above is null || office is null ? asked : asked with { Workplace = $"{above}/{office}" };

    // A5: the department sees the cases of an item in whose first months it guides the town.
    private async ValueTask<bool> IsGuidedAsync(Speaker speaker, CaseFilter filter)
    {
        if (
            speaker.County is null
            || filter is not { Town: { } code, Item: { } item }
            || !seeds.Towns.TryGetValue(code, out var plan)
            || plan.County.Code != speaker.County
            || plan.Items.GetValueOrDefault(item)?.CountyDepartment != speaker.Actor.Office
        )
        {
            return false;
        }

        var day = plan.DayOf(await clock.NowAsync());
        return (await TownCalls.SendAsync(() => town.Catalogue(code).HoldingAsync(item, day))).Value is { } holding
            && PowerRules.IsGuided(holding, plan.Policy, day);
    }
}
