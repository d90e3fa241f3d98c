using System.Collections.Frozen;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Simulation.Results;

/// <summary>What the codes of a run stand for: names for people, and the ends that call for a certificate number.</summary>
/// <param name="Workplaces">By key without the world (<c>yandian/government-service</c>).</param>
/// <param name="Staff">By id: the key of the workplace that they belong to.</param>
/// <param name="GrantedEnds">Procedure and end, for the ends that exercise the power (<see cref="EndRule.Granted"/>).</param>
/// <param name="Internal">Procedures that take no item of the catalogue: a secondment, a change of powers. Their cases are nobody's
/// application.</param>
public sealed record RunDirectory(
    FrozenDictionary<string, Words> Towns,
    FrozenDictionary<string, Words> Procedures,
    FrozenDictionary<string, Words> Workplaces,
    FrozenDictionary<(string Town, string Item), ItemEntry> Items,
    FrozenDictionary<string, string> Staff,
    FrozenSet<(string Procedure, string End)> GrantedEnds,
    FrozenSet<string> Internal
)
{
    /// <summary>Reads everything from the seeds that the run was founded on.</summary>
    public static RunDirectory From(SeedLibrary seeds) =>
        new(
            Towns: seeds.Towns.ToFrozenDictionary(t => t.Key, t => t.Value.Name, StringComparer.Ordinal),
            Procedures: seeds.Procedures.ToFrozenDictionary(p => p.Key, p => p.Value.Name, StringComparer.Ordinal),
            Workplaces: seeds
                .Towns.Values.SelectMany(Offices)
                .DistinctBy(o => o.Key)
                .ToFrozenDictionary(o => o.Key, o => o.Name, StringComparer.Ordinal),
            Items: seeds.Towns.Values.SelectMany(Entries).ToFrozenDictionary(i => i.Key, i => i.Entry),
            Staff: seeds
                .Towns.Values.SelectMany(t => t.Staff)
                .ToFrozenDictionary(s => s.Id, s => $"{s.Town}/{s.Organ}", StringComparer.Ordinal),
            GrantedEnds: seeds
                .Procedures.Values.SelectMany(p => p.Ends.Values.Where(e => e.Granted).Select(e => (p.Code, e.Code)))
                .ToFrozenSet(),
            Internal: seeds
                .Procedures.Values.Where(p => !p.Kinds.Any(k => Subject.Item.Kinds.Contains(k)))
                .Select(p => p.Code)
                .ToFrozenSet(StringComparer.Ordinal)
        );

    /// <summary>Names of every town, procedure and workplace in rising order of their codes, for a summary's heading.</summary>
    public RunNames Names() => new([.. Ordered(Towns)], [.. Ordered(Procedures)], [.. Ordered(Workplaces)]);

    private static IEnumerable<NamedCode> Ordered(FrozenDictionary<string, Words> names) =>
        names.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new NamedCode(n.Key, n.Value.Zh, n.Value.En));

    private static IEnumerable<(string Key, Words Name)> Offices(TownPlan town) =>
        town
            .Organs.Select(o => ($"{town.Code}/{o.Code}", o.Name))
            .Concat(town.CountyDepartments.Select(d => ($"{town.County.Code}/{d.Code}", d.Name)));

    private static IEnumerable<((string, string) Key, ItemEntry Entry)> Entries(TownPlan town) =>
        town.Items.Values.Select(i => ((town.Code, i.Code), new ItemEntry(i.Name, i.Kind, i.Field)));
}

/// <summary>What an event log says of an item.</summary>
public sealed record ItemEntry(Words Name, string Kind, string Field);
