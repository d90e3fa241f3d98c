using System.Collections.Immutable;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>A scenario's behaviour against the procedures: every name is known, every work has minutes, and no step is left undone for
/// ever.</summary>
internal sealed class BehaviourChecks(Entry root, string path, SeedLibrary seeds, FaultLog faults)
{
    private readonly BehaviourWords words = new(path, faults);

    public void All()
    {
        var behaviour = root["behaviour"];
        foreach (var (code, line, steps) in behaviour.Pairs)
        {
            if (seeds.Procedures.TryGetValue(code, out var procedure))
            {
                Steps(procedure, steps);
            }
            else
            {
                faults.Add(path, line, "behaviour", $"one of the procedures {Listed(seeds.Procedures.Keys)}", $"'{code}'");
            }
        }

        var works = new HashSet<string>(StringComparer.Ordinal);
        foreach (var procedure in Used())
        {
            Covered(procedure, behaviour);
            works.UnionWith(procedure.Steps.Values.Select(s => s.Work).OfType<string>());
        }

        Works(works);
    }

    private IEnumerable<Procedure> Used() =>
        root["routes"]
            .Pairs.SelectMany(r => r.Value.Items)
            .Select(r => r["procedure"].Text)
            .Concat(MatterLibrary.Simulation.Parts.Where(part => root.Find(part.Key.Name) is not null).SelectMany(part => part.Opens))
            .Distinct(StringComparer.Ordinal)
            .Select(seeds.Procedures.GetValueOrDefault)
            .OfType<Procedure>();

    // A step without choices waits for its limit; where no limit ends it, its work would never be done.
    private void Covered(Procedure procedure, Entry behaviour)
    {
        var steps = behaviour.Find(procedure.Code);
        foreach (var step in procedure.Steps.Values.Where(s => s.OnExpiry is null && steps?.Find(s.Code) is null))
        {
            faults.Add(path, behaviour.Line, $"behaviour.{procedure.Code}", $"choices for step '{step.Code}', which no limit ends");
        }
    }

    private void Works(HashSet<string> used)
    {
        var work = root["work"];
        foreach (var missing in used.Where(name => work.Find(name) is null).Order(StringComparer.Ordinal))
        {
            faults.Add(path, work.Line, "work", $"minutes of '{missing}', which a procedure names");
        }

        var known = seeds.Procedures.Values.SelectMany(p => p.Steps.Values).Select(s => s.Work).ToHashSet();
        foreach (var (name, line, _) in work.Pairs.Where(w => !known.Contains(w.Name)))
        {
            faults.Add(path, line, "work", "a work that a procedure names", $"'{name}'");
        }
    }

    private void Steps(Procedure procedure, Entry steps)
    {
        foreach (var (name, line, choices) in steps.Pairs)
        {
            var step = procedure.Steps.GetValueOrDefault(name);
            if (step is null && name != ScenarioShape.Opening)
            {
                faults.Add(path, line, procedure.Code, $"open or one of the steps {Listed(procedure.Steps.Keys)}", $"'{name}'");
                continue;
            }

            foreach (var choice in choices.Items)
            {
                Choice(procedure, step, choice);
            }

            Always(procedure, name, [.. choices.Items], line);
        }
    }

    // If every choice can fail, some case stays at the step for ever.
    private void Always(Procedure procedure, string step, Entry[] choices, int line)
    {
        if (step == ScenarioShape.Opening)
        {
            if (choices is not [var only] || !IsAlways(only))
            {
                faults.Add(path, line, $"{procedure.Code}.{step}", "one choice, without share and conditions");
            }
        }
        else if (!choices.Any(IsAlways))
        {
            faults.Add(
                path,
                choices[^1].Line,
                $"{procedure.Code}.{step}",
                "a last choice without share, conditions and once, so that no case stays there for ever"
            );
        }
    }

    private static bool IsAlways(Entry choice) =>
        (choice.Find("share")?.Amount ?? 1) == 1 && choice.Find("if") is null && choice.Find("once")?.Flag != true;

    private void Choice(Procedure procedure, StepRule? step, Entry choice)
    {
        var act = choice["act"];
        var silent = act.Text == ScenarioShape.Silence;
        var rule = step is null ? null : step.Acts.GetValueOrDefault(act.Text) ?? procedure.Anywhere.GetValueOrDefault(act.Text);
        if (step is null ? act.Text != ScenarioShape.Opening : rule is null && !silent)
        {
            var acts = step is null
                ? ScenarioShape.Opening
                : $"none or one of the acts {Listed(step.Acts.Keys.Concat(procedure.Anywhere.Keys))}";
            faults.Add(path, act.Line, $"{procedure.Code}.{step?.Code ?? ScenarioShape.Opening}", acts, $"'{act.Text}'");
            return;
        }

        if (silent && step!.OnExpiry is null)
        {
            faults.Add(path, act.Line, $"{procedure.Code}.{step.Code}", "an act, as no limit ends this step", "'none'");
        }

        if (choice.Find("clears") is { } clears && !MatterLibrary.Simulation.Traits.Contains(clears.Text))
        {
            faults.Add(
                path,
                clears.Line,
                $"{procedure.Code}.clears",
                $"one of {string.Join(", ", MatterLibrary.Simulation.Traits)}",
                $"'{clears.Text}'"
            );
        }

        words.Conditions(procedure, choice);
        Fields(procedure, rule, choice, silent);
    }

    private void Fields(Procedure procedure, ActRule? rule, Entry choice, bool silent)
    {
        ImmutableArray<string> known =
            silent ? []
            : rule is null ? [.. procedure.OpenNeeds, .. procedure.OpenTakes]
            : [.. rule.Needs, .. rule.Takes];
        foreach (var (name, line, value) in choice.Find("fields")?.Pairs ?? [])
        {
            if (!known.Contains(name))
            {
                faults.Add(
                    path,
                    line,
                    $"{procedure.Code}.{choice["act"].Text}",
                    known.IsEmpty ? "no fields" : $"one of the fields {string.Join(", ", known)}",
                    $"'{name}'"
                );
            }
            else if (
                !value.Text.StartsWith('$')
                && procedure.Fields.GetValueOrDefault(name) is { } field
                && !FieldRules.IsWellFormed(field, value.Text)
            )
            {
                // Every case would be refused with it, each day anew.
                faults.Add(
                    path,
                    value.Line,
                    $"{procedure.Code}.{choice["act"].Text}.{name}",
                    BehaviourWords.ValuesOf(field),
                    $"'{value.Text}'"
                );
            }

            if (value.Text.StartsWith('$'))
            {
                words.Value(procedure, name, value);
            }
        }

        // What some share does without a field is a mistake that people make, and meant.
        ImmutableArray<string> needed = choice.Find("share") is not null || silent ? [] : rule?.Needs ?? procedure.OpenNeeds;
        foreach (var missing in needed.Where(need => choice.Find("fields")?.Find(need) is null))
        {
            faults.Add(
                path,
                choice.Line,
                $"{procedure.Code}.{choice["act"].Text}",
                $"the field '{missing}', without which the act is refused"
            );
        }
    }

    private static string Listed(IEnumerable<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal));
}
