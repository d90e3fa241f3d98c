using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What a scenario names must be there, its days must lie in the calendar, and its shares must leave nobody out.</summary>
internal sealed class ScenarioChecks(Entry root, SeedFile file, SeedLibrary seeds, FaultLog faults)
{
    // The virtual day opens at 8: sweeps first, then whoever comes.
    private const int Earliest = 8 * 60;

    public void All()
    {
        Days();
        Hours();
        Weekdays();
        HourWeights();
        Towns();
        Routes();
        Parts();
        new WhatIfChecks(root, file.Path, seeds, faults).All();
        foreach (var parties in MatterLibrary.Simulation.AllParties)
        {
            Sum("parties", parties.Exclusive);
        }

        Sum("assessment", "proposed", "basic", "failing");
    }

    private void Days()
    {
        var (from, until) = (root["from"], root["until"]);
        if (until.Date < from.Date)
        {
            Fault(until, "until", $"a day not before {from.Date:O}");
        }

        if (root.Find("opens_on") is { } opens && (opens.Date < from.Date || opens.Date > until.Date))
        {
            Fault(opens, "opens_on", $"a day of the run, {from.Date:O} to {until.Date:O}");
        }

        InCalendar("from", from);
        InCalendar("until", until);
        var on = root["assessment"]["on"];
        InCalendar("assessment.on", on);
        if (on.Date < from.Date)
        {
            Fault(on, "assessment.on", $"a day not before {from.Date:O}");
        }
    }

    private void Hours()
    {
        var before = Earliest;
        foreach (var text in root["office_hours"].Items)
        {
            if (!OfficeHours.TryParse(text.Text, out var span))
            {
                Fault(text, "office_hours", "a span such as 08:30-12:00 that ends after it begins");
            }
            else if (span.Open < before)
            {
                Fault(text, "office_hours", $"a span that begins at {TimeSpan.FromMinutes(before):hh\\:mm} or later");
            }

            before = Math.Max(before, span.Close);
        }
    }

    private void Weekdays()
    {
        var days = root["weekday"];
        if (days.Items.Take(5).All(day => day.Amount == 0))
        {
            faults.Add(file.Path, days.Line, "weekday", "some demand from Monday to Friday", "none");
        }
    }

    // Weights of the hours in which an office is open, and of the day for what needs none: somebody must be able to come at some time.
    private void HourWeights()
    {
        var spans = root["office_hours"].Items.Select(text => OfficeHours.TryParse(text.Text, out var span) ? span : default);
        if (
            !spans.Any(span =>
                Enumerable.Range(span.Open / 60, ((span.Close - 1) / 60) - (span.Open / 60) + 1).Any(hour => WeightOf("hour", hour) > 0)
            )
        )
        {
            faults.Add(file.Path, root["hour"].Line, "hour", "some weight within the office hours", "none");
        }

        if (root.Find("remote_hour") is { } remote && !Enumerable.Range(0, 24).Any(hour => WeightOf("remote_hour", hour) > 0))
        {
            faults.Add(file.Path, remote.Line, "remote_hour", "some weight at some hour", "none");
        }
    }

    private decimal WeightOf(string weights, int hour) => root[weights].Find(hour.ToString(CultureInfo.InvariantCulture))?.Amount ?? 1;

    private void Towns()
    {
        foreach (var (name, line, _) in root["towns"].Pairs)
        {
            if (!seeds.Towns.ContainsKey(name))
            {
                faults.Add(file.Path, line, "towns", $"one of the towns {Listed(seeds.Towns.Keys)}", $"'{name}'");
            }
        }
    }

    private void Routes()
    {
        foreach (var (kind, line, routes) in root["routes"].Pairs)
        {
            foreach (var route in routes.Items)
            {
                Route(kind, route);
            }

            var last = routes.Items.Last();
            if (last.Find("share") is not null || last.Find("if") is not null)
            {
                faults.Add(file.Path, line, $"routes.{kind}", "a last route without share and conditions, for everybody who is left");
            }
        }
    }

    private void Route(string kind, Entry route)
    {
        var code = route["procedure"];
        if (!seeds.Procedures.TryGetValue(code.Text, out var procedure) || !procedure.Kinds.Contains(kind))
        {
            Fault(code, $"routes.{kind}", $"a procedure that takes {kind}");
        }

        foreach (var trait in route.Find("if")?.Items ?? [])
        {
            if (!MatterLibrary.Simulation.Traits.Contains(trait.Text))
            {
                Fault(trait, $"routes.{kind}.if", $"one of {string.Join(", ", MatterLibrary.Simulation.Traits)}");
            }
        }
    }

    // What matters read of a scenario, each with its own checks.
    private void Parts()
    {
        foreach (var part in MatterLibrary.Simulation.Parts)
        {
            if (root.Find(part.Key.Name) is not { } entry)
            {
                continue;
            }

            Sum(part.Key.Name, part.Exclusive);
            foreach (var code in part.Opens.Where(code => !seeds.Procedures.ContainsKey(code)))
            {
                faults.Add(file.Path, entry.Line, part.Key.Name, $"the procedure '{code}', of which it opens cases");
            }

            foreach (var check in part.Checks)
            {
                check(new PartCheck(part.Key.Name, entry, root, seeds, file.Path, faults));
            }
        }
    }

    // Shares that exclude each other are parts of one whole.
    private void Sum(string part, params ImmutableArray<string> shares)
    {
        if (shares.IsEmpty)
        {
            return;
        }

        var entry = root[part];
        var sum = shares.Sum(share => entry[share].Amount);
        if (sum > 1)
        {
            faults.Add(file.Path, entry[shares[^1]].Line, part, $"{string.Join(", ", shares)} of at most 1 together", $"{sum}");
        }
    }

    private void InCalendar(string name, Entry day)
    {
        if (!seeds.Calendar.Covers(day.Date))
        {
            Fault(day, name, $"a day from {seeds.Calendar.FirstDay:O} to {seeds.Calendar.LastDay:O}, as the calendar has");
        }
    }

    private void Fault(Entry at, string field, string expected) => faults.Add(file.Path, at.Line, field, expected, $"'{at.Text}'");

    private static string Listed(IEnumerable<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal));
}
