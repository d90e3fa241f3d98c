using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Documents;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Loads the whole seeds folder, or nothing: every fault is reported at once, with its file and line.</summary>
public static class SeedLoader
{
    /// <summary>Loads with the rules and effects that the code has.</summary>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static SeedLibrary Load(string folder) =>
        Load(
            folder,
            MatterLibrary.Rules.Keys.ToFrozenSet(StringComparer.Ordinal),
            MatterLibrary.Effects.Keys.ToFrozenSet(StringComparer.Ordinal),
            allRead: true
        );

    /// <param name="folder">The seeds folder.</param>
    /// <param name="rules">Names of rules that procedures may ask.</param>
    /// <param name="effects">Names of effects that procedures may cause.</param>
    /// <exception cref="SeedException">With every fault found.</exception>
    public static SeedLibrary Load(string folder, IReadOnlySet<string> rules, IReadOnlySet<string> effects) =>
        Load(folder, rules, effects, allRead: false);

    private static SeedLibrary Load(string folder, IReadOnlySet<string> rules, IReadOnlySet<string> effects, bool allRead)
    {
        var faults = new FaultLog();
        var seeds = new SeedFolder(folder, faults, allRead ? MatterFiles.All : MatterFiles.OfLaw);
        var calendar = CalendarLoader.Load(seeds);
        var law = LawLoader.Load(seeds, calendar);
        var book = law.Whole ? law.Book : null;
        var before = faults.Count;
        var counties = CountyLoader.Load(seeds);
        var towns = Towns(seeds, calendar, counties, book).ConvertAll(t => t.Plan);
        var procedures = ProcedureLoader.Load(seeds, new(rules, effects, faults.Count == before ? Roles(towns) : null, book));
        foreach (var (procedure, root, path) in procedures.Values)
        {
            ProcedureStaffing.Check(procedure, root, path, towns, book, faults);
        }

        var documents = Documents(seeds, procedures, faults);
        if (allRead && faults.Count == 0)
        {
            AllRead(law, towns, procedures.Values.Select(p => p.Procedure), faults);
        }

        faults.ThrowIfAny();
        var files = SeedFiles.Hash(seeds);
        return new(
            folder,
            towns.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal),
            procedures
                .Where(p => !ProcedureLoader.IsEarlier(p.Key))
                .ToFrozenDictionary(p => p.Key, p => p.Value.Procedure, StringComparer.Ordinal),
            calendar!,
            law.Book
        )
        {
            Earlier = procedures
                .Where(p => ProcedureLoader.IsEarlier(p.Key))
                .Select(p => p.Value.Procedure)
                .ToFrozenDictionary(p => (p.Code, p.Version)),
            Files = files,
            Documents = documents,
            LawHash = SeedFiles.HashOfLaw(files),
            Counties = counties.ToFrozenDictionary(StringComparer.Ordinal),
        };
    }

    private static ImmutableArray<DocumentTemplate> Documents(
        SeedFolder seeds,
        Dictionary<string, (Procedure Procedure, Entry Root, string Path)> procedures,
        FaultLog faults
    ) =>
        DocumentLoader.Load(
            seeds,
            faults.Count > 0
                ? null
                : procedures
                    .Where(p => !ProcedureLoader.IsEarlier(p.Key))
                    .ToDictionary(p => p.Key, p => p.Value.Procedure, StringComparer.Ordinal)
        );

    // A figure that nothing reads says something that doesn't happen.
    private static void AllRead(LoadedLaw law, IEnumerable<TownPlan> towns, IEnumerable<Procedure> procedures, FaultLog faults)
    {
        HashSet<string> read =
        [
            .. LawNames.Uses.Keys,
            .. procedures.SelectMany(p => p.Figures).Select(f => f.Name),
            .. towns
                .SelectMany(t => t.Items.Values)
                .SelectMany(i => i.Versions.Select(v => v.Statutory).Append(i.Statutory))
                .SelectMany(l => l.Figures)
                .Select(f => f.Name),
        ];
        foreach (var (name, (path, line)) in law.Places.Where(p => !read.Contains(p.Key)))
        {
            faults.Add(path, line, $"figures.{name}", "a rule, a procedure or an item that reads this figure; take it out until one does");
        }
    }

    private static List<LoadedTown> Towns(
        SeedFolder seeds,
        WorkCalendar? calendar,
        IReadOnlyDictionary<string, County> counties,
        LawBook? law
    )
    {
        var towns = new List<LoadedTown>();
        foreach (var path in seeds.List("towns", ".yaml"))
        {
            if (TownLoader.Load(seeds, path, counties, law) is not { } loaded)
            {
                continue;
            }

            var town = loaded.Plan;

            // Case numbers begin with the prefix, and a case is found by its number alone.
            if (towns.Find(t => t.Plan.Prefix == town.Prefix) is { Plan: var other })
            {
                seeds.Faults.Add(path, 0, "prefix", $"letters that {other.Code} doesn't have", $"'{town.Prefix}'");
            }

            if (calendar is not null && (town.PlanDate < calendar.FirstDay || town.PlanDate > calendar.LastDay))
            {
                seeds.Faults.Add(
                    path,
                    0,
                    "plan_date",
                    $"a day from {calendar.FirstDay:O} to {calendar.LastDay:O}, as the calendar has",
                    $"'{town.PlanDate:O}'"
                );
            }

            OneCounty.Check(loaded, towns, seeds.Faults);
            towns.Add(loaded);
        }

        foreach (var town in towns)
        {
            OwnItems(seeds, town.Plan, towns);
        }

        if (towns.Count == 0 && seeds.Faults.Count == 0)
        {
            seeds.Faults.Add("towns", 0, "file", "at least one town");
        }

        return towns;
    }

    // An item's code says whose it is. One row of a file that was copied tells of the rest.
    private static void OwnItems(SeedFolder seeds, TownPlan town, List<LoadedTown> towns)
    {
        var others = towns.Select(t => t.Plan.Prefix).Where(prefix => prefix != town.Prefix).ToHashSet(StringComparer.Ordinal);
        foreach (var path in new[] { TownLoader.Catalogue(town.Code), TownLoader.Retained(town.Code) })
        {
            var lines = seeds.Read(path)?.Text.Split('\n') ?? [];
            var row = Array.FindIndex(lines, line => town.Items.ContainsKey(line.Split(',')[0]) && others.Contains(line.Split('-')[0]));
            if (row >= 0)
            {
                seeds.Faults.Add(
                    path,
                    row + 1,
                    "code",
                    $"a code that begins with the town's own letters, {town.Prefix}-",
                    $"'{lines[row].Split(',')[0]}'"
                );
            }
        }
    }

    private static HashSet<string> Roles(IEnumerable<TownPlan> towns) =>
        [.. OutsideRoles.All, .. towns.SelectMany(t => t.Staff.Concat(t.StationedStaff)).SelectMany(p => p.Roles)];
}
