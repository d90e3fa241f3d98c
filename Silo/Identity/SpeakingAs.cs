using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity;

/// <summary>
/// From who asks, and the office that they chose, to the actor of a command. Office, roles and absence are the town's to say and are asked
/// at each request, so that leave, secondment and recall bind from the next one on, on any silo. The rule of the act asks again.
/// </summary>
internal sealed class SpeakingAs(TownCalls calls, SeedLibrary seeds, ITownClock clock)
{
    /// <summary>As whom somebody acts for an office.</summary>
    /// <param name="office">Code of the organ or department, as it stands in the address of the page; null: the one that they hold.</param>
    /// <returns>The speaker, or the refusal: not theirs, not yet or no longer in office, away.</returns>
    public async Task<Outcome<Speaker>> OfficeAsync(Requester requester, string? office)
    {
        if (IsSystem(office))
        {
            return OfficeRefusals.SystemFromOutside("act", Acting);
        }

        return requester.Account switch
        {
            { Town: { } town, Staff: { } staff } when seeds.Towns.TryGetValue(town, out var plan) => await OfStaffAsync(
                plan,
                staff,
                office
            ),
            { County: { } county, CountyOffice: { } held, CountyPerson: { } person } when office is null || held == office =>
                await OfCountyAsync(county, held, person),
            _ => IdentityRefusals.NoOffice(office ?? ""),
        };
    }

    /// <summary>As whom somebody acts in a party's matter: as the party itself, or for it under their own id. Whether they are authorised
    /// (B4) is the case's to say.</summary>
    /// <param name="party">Id of the party; null: the account's own.</param>
    public static Outcome<Speaker> ForParty(Requester requester, string? party = null)
    {
        if (requester.Parties.IsEmpty)
        {
            return IdentityRefusals.NoParty(party ?? "");
        }

        if (!requester.May(KeyScopes.ApplyForParty))
        {
            return IdentityRefusals.OutsideScope(KeyScopes.ApplyForParty);
        }

        var own = requester.Parties.FirstOrDefault(id => party is null || TextRules.SameId(id, party));
        return IsSystem(own ?? requester.Parties[0]) || IsSystem(party)
            ? OfficeRefusals.SystemFromOutside("act", Acting)
            : new Speaker(
                own is not null ? new Actor(own, Actor.Public) : new Actor(requester.Parties[0], Actor.Public, For: party),
                Office: null
            );
    }

    /// <summary>The offices that somebody may choose just now, whether or not they are there today; none for parties and for those who
    /// only read.</summary>
    public async Task<ImmutableArray<OfficeHeld>> OfficesAsync(Requester requester)
    {
        switch (requester.Account)
        {
            case { Town: { } town, Staff: { } staff } when seeds.Towns.TryGetValue(town, out var plan):
                var read = await calls.PersonAsync(town, staff);
                return read.Value is { } facts ? [new OfficeHeld(facts.Organ, NameOf(plan, facts.Organ))] : [];
            case { County: { } county, CountyOffice: { } office, CountyPerson: { } person }
                when !(await OfCountyAsync(county, office, person)).IsRefused(out _, out var speaker):
                return [new OfficeHeld(office, speaker.Office!)];
            default:
                return [];
        }
    }

    private async Task<Outcome<Speaker>> OfStaffAsync(TownPlan plan, string staff, string? office)
    {
        var person = await calls.PersonAsync(plan.Code, staff);
        if (person.IsRefused(out var refusal, out var facts))
        {
            return refusal;
        }

        var (actor, now) = (new Actor(staff, office ?? facts.Organ), await clock.NowAsync());
        return OfficeRules.Standing(plan, actor, facts, plan.DayOf(now), now) is { } no
            ? no
            : new Speaker(actor, NameOf(plan, actor.Office), Town: plan.Code, Staff: facts);
    }

    private async Task<Outcome<Speaker>> OfCountyAsync(string county, string office, string person)
    {
        if (seeds.Counties.GetValueOrDefault(county) is not { } known || known.Department(office) is not { } department)
        {
            return IdentityRefusals.NoOffice(office);
        }

        var (actor, today) = (new Actor(person, office), known.DayOf(await clock.NowAsync()));
        return department.IsInOffice(person, today)
            ? new Speaker(actor, department.Name, County: county)
            : OfficeRefusals.NobodyThere(actor, today);
    }

    private static Words NameOf(TownPlan plan, string organ) =>
        plan.Organs.FirstOrDefault(one => one.Code == organ)?.Name ?? new Words(organ, organ);

    private static readonly Words Acting = new("办理", "handle");

    private static bool IsSystem(string? id) => TextRules.SameId(id, Actor.System.Id);
}
