using System.Collections.Immutable;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What a scenario names must be there, and its days must lie in the calendar.</summary>
internal static class ScenarioChecks
{
    public static void All(Entry root, string path, SeedLibrary seeds, FaultLog faults)
    {
        Days(root, path, seeds, faults);
        foreach (var (name, line, _) in root["towns"].Pairs)
        {
            if (!seeds.Towns.ContainsKey(name))
            {
                faults.Add(path, line, "towns", $"one of the towns {string.Join(", ", seeds.Towns.Keys.Order(StringComparer.Ordinal))}", $"'{name}'");
            }
        }

        foreach (var (kind, _, routes) in root["routes"].Pairs)
        {
            foreach (var route in routes.Items)
            {
                Procedure(route["procedure"], $"routes.{kind}", path, seeds, faults, kind);
            }
        }

        foreach (var (code, line, steps) in root["behaviour"].Pairs)
        {
            if (seeds.Procedures.TryGetValue(code, out var procedure))
            {
                Behaviour(procedure, steps, path, faults);
            }
            else
            {
                faults.Add(path, line, "behaviour", "a procedure", $"'{code}'");
            }
        }

        Adjustments(root, path, seeds, faults);
    }

    private static void Days(Entry root, string path, SeedLibrary seeds, FaultLog faults)
    {
        var (from, until) = (root["from"], root["until"]);
        if (until.Date < from.Date)
        {
            faults.Add(path, until.Line, "until", $"a day not before {from.Date:O}", $"'{until.Text}'");
        }

        foreach (var (name, day) in new[] { ("from", from), ("until", until) })
        {
            if (day.Date < seeds.Calendar.FirstDay || day.Date > seeds.Calendar.LastDay)
            {
                faults.Add(path, day.Line, name, $"a day from {seeds.Calendar.FirstDay:O} to {seeds.Calendar.LastDay:O}, as the calendar has", $"'{day.Text}'");
            }
        }
    }

    private static void Procedure(Entry code, string field, string path, SeedLibrary seeds, FaultLog faults, string kind)
    {
        if (!seeds.Procedures.TryGetValue(code.Text, out var procedure) || !procedure.Kinds.Contains(kind))
        {
            faults.Add(path, code.Line, field, $"a procedure that takes {kind}", $"'{code.Text}'");
        }
    }

    private static void Behaviour(Procedure procedure, Entry steps, string path, FaultLog faults)
    {
        foreach (var (name, line, choices) in steps.Pairs)
        {
            var step = procedure.Steps.GetValueOrDefault(name);
            if (step is null && name != ScenarioShape.Opening)
            {
                faults.Add(path, line, procedure.Code, $"open or one of the steps {string.Join(", ", procedure.Steps.Keys.Order(StringComparer.Ordinal))}", $"'{name}'");
                continue;
            }

            foreach (var choice in choices.Items)
            {
                Choice(procedure, step, choice, path, faults);
            }
        }
    }

    private static void Choice(Procedure procedure, StepRule? step, Entry choice, string path, FaultLog faults)
    {
        var act = choice["act"].Text;
        var rule = step is null ? null : step.Acts.GetValueOrDefault(act) ?? procedure.Anywhere.GetValueOrDefault(act);
        if (step is not null && rule is null && act != ScenarioShape.Silence)
        {
            faults.Add(path, choice["act"].Line, $"{procedure.Code}.{step.Code}", $"none or one of the acts {string.Join(", ", step.Acts.Keys.Concat(procedure.Anywhere.Keys).Order(StringComparer.Ordinal))}", $"'{act}'");
        }

        foreach (var condition in choice.Find("if")?.Items ?? [])
        {
            var name = condition.Text.StartsWith("not-", StringComparison.Ordinal) ? condition.Text[4..] : condition.Text;
            var field = name.IndexOf('=', StringComparison.Ordinal);
            if (field > 0 ? !procedure.Fields.ContainsKey(name[..field]) : !ChoiceMaking.KnownConditions.Contains(name))
            {
                faults.Add(path, condition.Line, $"{procedure.Code}.if", $"field=value, or one of {string.Join(", ", ChoiceMaking.KnownConditions)}", $"'{condition.Text}'");
            }
        }

        ImmutableArray<string> known = rule is null ? [.. procedure.OpenNeeds, .. procedure.OpenTakes] : [.. rule.Needs, .. rule.Takes];
        foreach (var (name, line, value) in choice.Find("fields")?.Pairs ?? [])
        {
            if (act != ScenarioShape.Silence && !known.Contains(name))
            {
                faults.Add(path, line, $"{procedure.Code}.{act}", $"one of the fields {string.Join(", ", known)}", $"'{name}'");
            }

            if (value.Text.StartsWith('$') && !ChoiceMaking.KnownValues.Contains(value.Text))
            {
                faults.Add(path, line, name, $"one of {string.Join(", ", ChoiceMaking.KnownValues)}", $"'{value.Text}'");
            }
        }
    }

    private static void Adjustments(Entry root, string path, SeedLibrary seeds, FaultLog faults)
    {
        foreach (var adjustment in root.Find("adjustments")?.Items ?? [])
        {
            var town = adjustment["town"];
            if (!seeds.Towns.TryGetValue(town.Text, out var plan))
            {
                faults.Add(path, town.Line, "adjustments.town", "a town", $"'{town.Text}'");
                continue;
            }

            foreach (var item in adjustment["items"].Items)
            {
                if (!plan.Items.ContainsKey(item.Text))
                {
                    faults.Add(path, item.Line, "adjustments.items", $"an item of {plan.Code}", $"'{item.Text}'");
                }
            }
        }
    }
}
