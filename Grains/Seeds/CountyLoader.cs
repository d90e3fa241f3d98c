using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>Reads <c>seeds/counties/*.yaml</c>.</summary>
internal static class CountyLoader
{
    private static readonly ImmutableArray<string> DefaultRoles = [OutsideRoles.County];

    /// <summary>The counties whose files are sound, by code.</summary>
    public static Dictionary<string, County> Load(SeedFolder folder)
    {
        var counties = new Dictionary<string, County>(StringComparer.Ordinal);
        foreach (var path in folder.List("counties", ".yaml"))
        {
            if (
                folder.Read(path) is { } file
                && folder.Parse(file, CountyShape.Root) is { } root
                && Load(root, file, folder.Faults) is { } county
            )
            {
                counties.Add(county.Code, county);
            }
        }

        return counties;
    }

    private static County? Load(Entry root, SeedFile file, FaultLog faults)
    {
        var before = faults.Count;
        if (root["code"].Text != file.Stem)
        {
            Fault(root["code"], "code", $"the file's name {file.Stem}");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(root["time_zone"].Text, out var zone))
        {
            Fault(root["time_zone"], "time_zone", "an IANA time zone that this system knows");
        }

        var departments = Once("departments", "code");
        Once("people", "id");
        foreach (var person in root["people"].Items)
        {
            if (!departments.Contains(person["office"].Text))
            {
                Fault(person["office"], "people.office", "a code of departments");
            }

            if (person.Find("until") is { } until && until.Date < person["since"].Date)
            {
                Fault(until, "people.until", $"a day not before {person["since"].Text}");
            }
        }

        var people = root["people"].Items.Select(Person).ToLookup(p => p.Office, StringComparer.Ordinal);
        foreach (var department in root["departments"].Items.Where(d => !people.Contains(d["code"].Text)))
        {
            Fault(department["code"], "departments.code", "at least one person in people whose office it is");
        }

        return faults.Count > before
            ? null
            : new()
            {
                Code = root["code"].Text,
                Name = root["name"].Words,
                TimeZone = zone!,
                Departments = [.. root["departments"].Items.Select(d => Department(d, [.. people[d["code"].Text]]))],
            };

        HashSet<string> Once(string list, string key)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in root[list].Items.Where(entry => !seen.Add(entry[key].Text)))
            {
                Fault(entry[key], $"{list}.{key}", "one that no other entry has");
            }

            return seen;
        }

        void Fault(Entry entry, string field, string expected) => faults.Add(file.Path, entry.Line, field, expected, $"'{entry.Text}'");
    }

    private static CountyDepartment Department(Entry department, ImmutableArray<CountyPerson> people) =>
        new(
            department["code"].Text,
            department["name"].Words,
            PolicyShape.Level(department["level"].Text),
            people,
            department.Texts("duties")
        );

    private static CountyPerson Person(Entry person) =>
        new(
            person["id"].Text,
            person["name"].Words,
            person["office"].Text,
            person.Find("roles") is null ? DefaultRoles : person.Texts("roles"),
            person["since"].Date,
            person.Find("until")?.Date
        );
}
