using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Expands groups of like people into persons. An id is the town's prefix and a number that the file fixes, so that editing one
/// group renames nobody else.</summary>
internal static class StaffTable
{
    /// <summary>People on the town's posts: YD-001 and so on.</summary>
    public static IEnumerable<StaffFacts> Group(Entry group, string town, string prefix) =>
        Numbers(group, "count").Select(number => Person(group, town, Id(prefix, number), group["organ"].Text));

    /// <summary>Officers of a stationed body: YD-S01 and so on, at work in the organ that the body works in (F6).</summary>
    public static IEnumerable<StaffFacts> Body(Entry body, string town, string prefix) =>
        Numbers(body, "officers").Select(number => Person(body, town, StationedId(prefix, number), body["works_in"].Text));

    public static IEnumerable<int> Numbers(Entry group, string size) => Enumerable.Range(group["first"].Whole, group[size].Whole);

    public static PostClass Class(Entry name) => name.Text == "administrative" ? PostClass.Administrative : PostClass.Institution;

    private static string Id(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D3}");

    private static string StationedId(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-S{number:D2}");

    private static StaffFacts Person(Entry group, string town, string id, string organ) =>
        new(
            Id: id,
            Town: town,
            Organ: organ,
            Class: Class(group["class"]),
            CivilServant: group["civil_servant"].Flag,
            Roles: group.Texts("roles"),
            Certificates: group.Find("certificates") is { } held
                ? [.. held.Pairs.Select(p => new Certificate(p.Name, p.Value.Date))]
                : ImmutableArray<Certificate>.Empty,
            Since: group["since"].Date,
            ProbationUntil: group.Find("probation_until")?.Date,
            AgreementUntil: group.Find("agreement_until")?.Date,
            Absences: []
        );
}
