using System.Globalization;
using TownReform.Grains.Rules;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>That each day has exactly one version of each figure, with a value and a unit that rules can reckon with.</summary>
internal static class LawChecks
{
    /// <returns>Whether the file could be read into a statute.</returns>
    public static bool All(Entry root, string path, WorkCalendar? calendar, FaultLog faults)
    {
        var before = faults.Count;
        var texts = root["texts"].Items.ToArray();
        InOrder(texts, path, "texts", faults);
        if (calendar is not null && texts[0]["from"].Date > calendar.FirstDay)
        {
            faults.Add(
                path,
                texts[0]["from"].Line,
                "texts[0].from",
                $"a text in force on the calendar's first day, {calendar.FirstDay:O}, so that no day is without law",
                $"'{texts[0]["from"].Text}'"
            );
        }

        foreach (var (name, line, figure) in root["figures"].Pairs)
        {
            Figure(
                at: $"figures.{name}",
                name: name,
                line: line,
                versions: figure["versions"].Items.ToArray(),
                texts: texts,
                path: path,
                faults: faults
            );
        }

        return faults.Count == before;
    }

    private static void Figure(string at, string name, int line, Entry[] versions, Entry[] texts, string path, FaultLog faults)
    {
        InOrder(versions, path, $"{at}.versions", faults);
        var (first, begins) = (versions[0]["from"], texts[0]["from"].Date);
        if (first.Date != begins)
        {
            faults.Add(
                path,
                first.Line,
                $"{at}.versions[0].from",
                first.Date > begins
                    ? $"a version from {begins:O}, when the first text begins (value: none where it had no such rule): else there is a gap"
                    : $"no day before {begins:O}, when the first text begins",
                $"'{first.Text}'"
            );
        }

        // Numbers of articles stand for another rule after such a day.
        foreach (
            var text in texts
                .Where(t => t.Find("renumbered")?.Flag ?? false)
                .Select(t => t["from"].Date)
                .Where(from => versions.All(v => v["from"].Date != from))
        )
        {
            faults.Add(path, line, $"{at}.versions", $"a version from {text:O}, since the text of that day numbers its articles anew");
        }

        for (var i = 0; i < versions.Length; i++)
        {
            Version($"{at}.versions[{i.ToString(CultureInfo.InvariantCulture)}]", name, versions[i], path, faults);
        }

        if (versions.All(v => LawLoader.ValueOf(v) is null))
        {
            faults.Add(path, line, at, "a value in one of its versions: a rule that never was needs no name");
        }
    }

    private static void Version(string at, string name, Entry version, string path, FaultLog faults)
    {
        var use = LawNames.Uses.GetValueOrDefault(name);
        if (LawLoader.ValueOf(version) is not { } value)
        {
            if (version.Find("unit") is { } needless)
            {
                faults.Add(path, needless.Line, $"{at}.unit", "no unit where the value is none", $"'{needless.Text}'");
            }

            if (use is { MayBeNone: false })
            {
                faults.Add(path, version["value"].Line, $"{at}.value", "a number: the rules can't do without this figure", "'none'");
            }

            return;
        }

        if (version.Find("unit") is not { } given)
        {
            faults.Add(path, version.Line, $"{at}.unit", "the unit of the value");
            return;
        }

        var unit = LawLoader.UnitOf(version);
        if (!EndsWith(name, unit))
        {
            faults.Add(path, given.Line, $"{at}.unit", "the unit that the name ends with", $"'{given.Text}'");
        }
        else if (use is not null && !use.Units.Contains(unit))
        {
            faults.Add(
                path,
                given.Line,
                $"{at}.unit",
                $"what its rules reckon with: {string.Join(", ", use.Units.Select(EnumCodes.Of))}",
                $"'{given.Text}'"
            );
        }

        if (Wrong(value, unit) is { } expected)
        {
            faults.Add(path, version["value"].Line, $"{at}.value", expected, $"'{version["value"].Text}'");
        }
    }

    private static bool EndsWith(string name, FigureUnit unit) =>
        name.EndsWith(
            "." + (unit is FigureUnit.WorkingDays or FigureUnit.CalendarDays ? "days" : EnumCodes.Of(unit)),
            StringComparison.Ordinal
        );

    private static string? Wrong(decimal value, FigureUnit unit) =>
        unit switch
        {
            FigureUnit.Fraction => value is >= 0 and <= 1 ? null : "a fraction from 0 to 1",
            FigureUnit.Yuan => decimal.Round(value, 2) == value ? null : "yuan with at most two decimals",
            FigureUnit.Rule => value == 1 ? null : "1 where the law has such a rule, else none",
            FigureUnit.Seconds => decimal.Truncate(value) == value && value is >= 1 and <= 604_800
                ? null
                : "a whole number of seconds from 1 to 604800",
            _ => decimal.Truncate(value) == value && value is >= 1 and <= 9999 ? null : "a whole number from 1 to 9999",
        };

    private static void InOrder(Entry[] versions, string path, string at, FaultLog faults)
    {
        for (var i = 1; i < versions.Length; i++)
        {
            var (before, from, next) = (
                versions[i - 1]["from"].Date,
                versions[i]["from"],
                $"{at}[{i.ToString(CultureInfo.InvariantCulture)}].from"
            );
            if (from.Date == before)
            {
                faults.Add(path, from.Line, next, $"a day after {before:O}: two versions overlap", $"'{from.Text}'");
            }
            else if (from.Date < before)
            {
                faults.Add(path, from.Line, next, $"a day after {before:O}: versions stand in the order of their days", $"'{from.Text}'");
            }
        }

        for (var i = 0; i < versions.Length; i++)
        {
            Until(versions, i, path, at, faults);
        }
    }

    // The last day follows from the next version; whoever says it says it right.
    private static void Until(Entry[] versions, int i, string path, string at, FaultLog faults)
    {
        if (versions[i].Find("until") is not { } until)
        {
            return;
        }

        var place = $"{at}[{i.ToString(CultureInfo.InvariantCulture)}].until";
        if (i + 1 == versions.Length)
        {
            faults.Add(
                path,
                until.Line,
                place,
                "a version that follows (value: none where the rule ends): else there is a gap",
                $"'{until.Text}'"
            );
        }
        else if (until.Date != versions[i + 1]["from"].Date.AddDays(-1))
        {
            var last = versions[i + 1]["from"].Date.AddDays(-1);
            faults.Add(
                path,
                until.Line,
                place,
                $"{last:O}, the day before the next version: else there is {(until.Date > last ? "an overlap" : "a gap")}",
                $"'{until.Text}'"
            );
        }
    }
}
