using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Offices;

/// <summary>An office whose work somebody may see.</summary>
/// <param name="Key">Of its workplace, without the world.</param>
/// <param name="Speaker">As whom they act there; null for those who only look.</param>
internal sealed record Desk(string Key, IWorkplaceGrain Workplace, Speaker? Speaker);

/// <summary>A department with its filings.</summary>
/// <param name="Speaker">As whom they file there; null for those who only look.</param>
internal sealed record Department(ICountyOfficeGrain Grain, Speaker? Speaker);

/// <summary>Finds the office that a request names: one's own; for heads and the town's leaders any of the town; for leaders and auditors
/// any of the town that they name.</summary>
internal sealed class Desks(TownCalls town, SpeakingAs speaking, SeedLibrary seeds)
{
    /// <param name="office">Code of an organ or department.</param>
    /// <param name="ofTown">Code of the town or county that it is of, where the account doesn't tell.</param>
    public async Task<Outcome<Desk>> FindAsync(Requester who, string office, string? ofTown)
    {
        if (!who.May(KeyScopes.Read))
        {
            return IdentityRefusals.OutsideScope(KeyScopes.Read);
        }

        if (town.Held is null && CaseFiles.SpeaksForOffice(who))
        {
            var own = await speaking.OfficeAsync(who, office);
            return own.Value is { } speaker ? At(speaker.Town, speaker.County, office, speaker)
                : await speaking.OfficeAsync(who, null) is { Value: { Town: { } home } held }
                && AccessRules.IsSuperior(held)
                && IsOrgan(home, office)
                    ? At(home, null, office, null)
                : own.Refusal!;
        }

        return who.Kind is not (AccountKind.Leader or AccountKind.Auditor) && town.Held is null ? IdentityRefusals.NoOffice(office)
            : ofTown is not null && IsOrgan(ofTown, office) ? At(ofTown, null, office, null)
            : ofTown is not null && seeds.Counties.GetValueOrDefault(ofTown)?.Department(office) is not null
                ? At(null, ofTown, office, null)
            : Grains.Rules.Records.RecordingRefusals.NoSuchOffice(ofTown is null ? office : $"{ofTown}/{office}");
    }

    /// <summary>A department above the towns; its own people's, or any of a simulated world.</summary>
    /// <param name="county">Code of its county where the account doesn't tell; null: the first that has a department of that code.</param>
    public async Task<Outcome<Department>> DepartmentAsync(Requester who, string office, string? county, KeyScopes scope)
    {
        if (!who.May(scope))
        {
            return IdentityRefusals.OutsideScope(scope);
        }

        if (town.Held is not null)
        {
            return CountyOf(office, county) is { } found
                ? new Department(town.CountyOffice(found, office), null)
                : Grains.Rules.Records.RecordingRefusals.NoSuchOffice(county is null ? office : $"{county}/{office}");
        }

        return who.Account is not { CountyOffice: not null } ? IdentityRefusals.NoOffice(office)
            : (await speaking.OfficeAsync(who, office)).IsRefused(out var refusal, out var speaker) ? refusal
            : new Department(town.CountyOffice(speaker.County!, speaker.Actor.Office), speaker);
    }

    private string? CountyOf(string office, string? county) =>
        seeds
            .Counties.OrderBy(one => one.Key, StringComparer.Ordinal)
            .FirstOrDefault(one => (county is null || one.Key == county) && one.Value.Department(office) is not null)
            .Key;

    private bool IsOrgan(string code, string office) =>
        seeds.Towns.TryGetValue(code, out var plan) && plan.Organs.Any(organ => organ.Code == office);

    private Desk At(string? code, string? county, string office, Speaker? speaker) =>
        code is not null
            ? new($"{code}/{office}", town.Bureau(code, office), speaker)
            : new($"{county}/{office}", town.CountyOffice(county!, office), speaker);
}
