using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>
/// The seeds with other people than the plans have: a simulated world is founded from them. Who is taken is always the same: of those in
/// the role, people with fewer other roles before those with more, the town's own before stationed ones, the last number first. Who is
/// added is like the first of them who isn't on probation. Pure.
/// </summary>
internal static class ChangedPeople
{
    /// <param name="on">Day on which the run begins: who left a county department before it doesn't count.</param>
    /// <returns>The seeds themselves where nothing is asked for.</returns>
    public static (SeedLibrary Seeds, ImmutableArray<PeopleChange> Told) Of(
        SeedLibrary seeds,
        IEnumerable<PeopleWanted> wanted,
        DateOnly on
    )
    {
        var told = ImmutableArray.CreateBuilder<PeopleChange>();
        foreach (var one in wanted)
        {
            var plan = seeds.Towns[one.Town];
            var (changed, change) = plan.Organs.Any(o => o.Code == one.Office) ? OfTown(seeds, plan, one) : OfCounty(seeds, plan, one, on);
            if (change.Taken.Length + change.Added.Length > 0)
            {
                seeds = changed;
                told.Add(change);
            }
        }

        return (seeds, told.ToImmutable());
    }

    /// <summary>Who has a role at an office of the town, or of the county above it.</summary>
    public static ImmutableArray<string> In(TownPlan plan, string office, string role, DateOnly on) =>
        plan.Organs.Any(o => o.Code == office)
            ? [.. AtOrgan(plan, office).Where(p => p.Roles.Contains(role)).Select(p => p.Id)]
            : [.. AtDepartment(plan, office, on).Where(p => p.Roles.Contains(role)).Select(p => p.Id)];

    /// <summary>The roles that somebody has there.</summary>
    public static ImmutableArray<string> Roles(TownPlan plan, string office, DateOnly on) =>
        [
            .. (
                plan.Organs.Any(o => o.Code == office)
                    ? AtOrgan(plan, office).SelectMany(p => p.Roles)
                    : AtDepartment(plan, office, on).SelectMany(p => p.Roles)
            )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<StaffFacts> AtOrgan(TownPlan plan, string office) =>
        plan.Staff.Concat(plan.StationedStaff).Where(p => p.Organ == office);

    private static IEnumerable<CountyPerson> AtDepartment(TownPlan plan, string office, DateOnly on) =>
        plan.CountyDepartments.Where(d => d.Code == office).SelectMany(d => d.People).Where(p => p.IsInOffice(on));

    private static (SeedLibrary, PeopleChange) OfTown(SeedLibrary seeds, TownPlan plan, PeopleWanted wanted)
    {
        var there = AtOrgan(plan, wanted.Office).Where(p => p.Roles.Contains(wanted.Role)).ToArray();
        var more = wanted.From(there.Length) - there.Length;
        string[] taken =
        [
            .. there
                .OrderBy(p => plan.StationedStaff.Contains(p))
                .ThenBy(p => p.Roles.Length)
                .ThenByDescending(p => p.Id, StringComparer.Ordinal)
                .Take(-more)
                .Select(p => p.Id),
        ];
        StaffFacts[] added = [.. Added(plan, there, more)];
        var changed = plan with
        {
            Staff = [.. plan.Staff.Where(p => !taken.Contains(p.Id)), .. added],
            StationedStaff = [.. plan.StationedStaff.Where(p => !taken.Contains(p.Id))],
        };
        var change = Change(wanted, there.Length, taken, added.Select(p => p.Id));
        return (With(seeds, [Marked(changed, change)]), change);
    }

    private static IEnumerable<StaffFacts> Added(TownPlan plan, StaffFacts[] there, int more)
    {
        var like = there
            .Where(p => plan.Staff.Contains(p))
            .OrderBy(p => p.ProbationUntil is not null || p.AgreementUntil is not null)
            .ThenBy(p => p.Roles.Length)
            .ThenBy(p => p.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        var last = plan.Staff.Max(p => int.Parse(p.Id.AsSpan(plan.Prefix.Length + 1), CultureInfo.InvariantCulture));
        return like is null || more <= 0
            ? []
            : Enumerable
                .Range(last + 1, more)
                .Select(n => like with { Id = string.Create(CultureInfo.InvariantCulture, $"{plan.Prefix}-{n:D3}") });
    }

    // A department is the same for all towns of its county.
    private static (SeedLibrary, PeopleChange) OfCounty(SeedLibrary seeds, TownPlan plan, PeopleWanted wanted, DateOnly on)
    {
        var there = AtDepartment(plan, wanted.Office, on)
            .Where(p => p.Roles.Contains(wanted.Role))
            .OrderBy(p => p.Roles.Length)
            .ThenByDescending(p => p.Id, StringComparer.Ordinal)
            .ToArray();
        var more = wanted.From(there.Length) - there.Length;
        string[] taken = [.. there.Take(-more).Select(p => p.Id)];
        CountyPerson[] added =
        [
            .. Enumerable
                .Range(1, there.Length == 0 ? 0 : Math.Max(0, more))
                .Select(n => there[0] with { Id = string.Create(CultureInfo.InvariantCulture, $"{there[0].Id}-like-{n}"), Until = null }),
        ];
        CountyDepartment Of(CountyDepartment department) =>
            department.Code != wanted.Office
                ? department
                : department with
                {
                    People = [.. department.People.Where(p => !taken.Contains(p.Id)), .. added],
                };
        var change = Change(wanted, there.Length, taken, added.Select(p => p.Id));
        var county = plan.County with { Departments = [.. plan.County.Departments.Select(Of)] };
        var towns = seeds
            .Towns.Values.Where(t => t.County.Code == county.Code)
            .Select(t => Marked(t with { County = county, CountyDepartments = [.. t.CountyDepartments.Select(Of)] }, change));
        return (With(seeds, [.. towns]) with { Counties = With(seeds.Counties, county.Code, county) }, change);
    }

    private static PeopleChange Change(PeopleWanted wanted, int was, string[] taken, IEnumerable<string> added) =>
        new(
            Town: wanted.Town,
            Office: wanted.Office,
            Role: wanted.Role,
            Was: was,
            Now: wanted.From(was),
            Taken: [.. taken],
            Added: [.. added]
        );

    // A town that was founded from other people is no edition of its plan.
    private static TownPlan Marked(TownPlan plan, PeopleChange change) =>
        plan with
        {
            Hash = Convert.ToHexStringLower(
                SHA256.HashData(
                    Encoding.UTF8.GetBytes(
                        $"{plan.Hash}\0{change.Office}\0{change.Role}\0{string.Join(',', change.Taken)}\0{string.Join(',', change.Added)}"
                    )
                )
            ),
            Editions = [],
        };

    private static SeedLibrary With(SeedLibrary seeds, TownPlan[] plans) =>
        seeds with
        {
            Towns = seeds
                .Towns.Values.Select(t => plans.FirstOrDefault(p => p.Code == t.Code) ?? t)
                .ToFrozenDictionary(t => t.Code, StringComparer.Ordinal),
        };

    private static FrozenDictionary<string, County> With(FrozenDictionary<string, County> counties, string code, County county) =>
        counties.Values.Select(c => c.Code == code ? county : c).ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
}
