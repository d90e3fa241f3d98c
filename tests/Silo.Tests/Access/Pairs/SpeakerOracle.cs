using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Staff;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>As whom an account speaks, by the record of the town or the county.</summary>
internal sealed class SpeakerOracle(SignedInSilo silo, Func<DateTimeOffset> now)
{
    /// <summary>As whom an account of an office speaks, by the record of the town or the county.</summary>
    public async Task<Outcome<Speaker>> SpeakerAsync(Requester who, string? office)
    {
        var at = now();
        if (office == Actor.System.Office)
        {
            return OfficeRefusals.SystemFromOutside("act");
        }

        if (who.Account is { Town: { } town, Staff: { } staff })
        {
            if (await PersonAsync(town, staff) is not { } facts)
            {
                return StaffRefusals.Unknown(staff);
            }

            var (plan, actor) = (silo.Seeds.Towns[town], new Actor(staff, office ?? facts.Organ));
            return OfficeRules.Standing(plan, actor, facts, plan.DayOf(at), at) is { } no
                ? no
                : new Speaker(actor, null, Town: town, Staff: facts);
        }

        if (who.Account is not { County: { } county, CountyOffice: { } held, CountyPerson: { } person } || (office ?? held) != held)
        {
            return IdentityRefusals.NoOffice(office ?? "");
        }

        var (above, of) = (silo.Seeds.Counties[county], new Actor(person, held));
        return above.Department(held)!.IsInOffice(person, above.DayOf(at))
            ? new Speaker(of, null, County: county)
            : OfficeRefusals.NobodyThere(of, above.DayOf(at));
    }

    public async Task<StaffFacts?> PersonAsync(string town, string staff) =>
        (await silo.Grains.Grain<IStaffGrain>(Address.Staff(Address.Live, town, staff)).ReadAsync()).Value;

    public static bool IsOfOffice(Requester who) => who.Account is { Staff: not null } or { CountyOffice: not null };
}
