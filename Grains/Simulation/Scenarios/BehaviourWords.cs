using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>The conditions and values of a scenario's behaviour: each is known, and its procedure has what it reads.</summary>
internal sealed class BehaviourWords(string path, FaultLog faults)
{
    private static readonly SimulationLibrary Words = MatterLibrary.Simulation;

    /// <summary>The conditions of a choice.</summary>
    public void Conditions(Procedure procedure, Entry choice)
    {
        foreach (var entry in choice.Find("if")?.Items ?? [])
        {
            var condition = Condition.Of(entry.Text);
            var field = procedure.Fields.GetValueOrDefault(condition.Name);
            if (condition.Value is { } value)
            {
                if (field is null || (value.Length > 0 && !FieldRules.IsWellFormed(field, value)))
                {
                    faults.Add(
                        path,
                        entry.Line,
                        $"{procedure.Code}.if",
                        field is null ? $"field=value, or one of {KnownConditions}" : ValuesOf(field),
                        $"'{entry.Text}'"
                    );
                }
            }
            else if (condition.Declared is { } declared)
            {
                Needs(procedure, declared.Name, declared.Needs, entry, $"{procedure.Code}.if");
            }
            else if (!Words.Traits.Contains(condition.Name))
            {
                faults.Add(path, entry.Line, $"{procedure.Code}.if", $"field=value, or one of {KnownConditions}", $"'{entry.Text}'");
            }
        }
    }

    private static string KnownConditions => string.Join(", ", Words.Traits.Concat(Words.Conditions.Keys.Order(StringComparer.Ordinal)));

    // What a value or condition reads must be there in every case of the procedure.
    private void Needs(Procedure procedure, string name, CaseNeeds needs, Entry at, string field)
    {
        if (needs.Item && procedure.Subject != Subject.Item)
        {
            faults.Add(path, at.Line, field, $"a procedure about items, since {name} reads the item", $"'{procedure.Code}'");
        }

        foreach (var missing in needs.Fields.Where(f => !procedure.Fields.ContainsKey(f)))
        {
            faults.Add(path, at.Line, field, $"the field '{missing}' in procedure {procedure.Code}, which {name} reads");
        }
    }

    /// <summary>A value with a $.</summary>
    public void Value(Procedure procedure, string field, Entry value)
    {
        if (Words.Values.TryGetValue(value.Text, out var known))
        {
            Needs(procedure, known.Name, known.Needs, value, field);
            return;
        }

        faults.Add(
            path,
            value.Line,
            field,
            $"one of {string.Join(", ", Words.Values.Keys.Order(StringComparer.Ordinal))}",
            $"'{value.Text}'"
        );
    }

    /// <summary>What a field takes, in words.</summary>
    public static string ValuesOf(FieldRule field) =>
        field.Type switch
        {
            FieldType.Choice => $"one of {string.Join(", ", field.Values)}",
            FieldType.Date => "a date as yyyy-MM-dd",
            FieldType.Money => "yuan, with at most two decimals",
            FieldType.Number => "a whole number",
            FieldType.Flag => "true or false",
            FieldType.Limit => "a limit such as 5wd (working days) or 90cd (calendar days)",
            _ => "text",
        };
}
