using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>One row: typed reading that notes a fault and goes on with a harmless value.</summary>
internal sealed record SeedRow(string File, int Line, IReadOnlyDictionary<string, string> Cells, FaultLog Faults)
{
    public string this[string column] => Cells[column];

    public void Fault(string column, string expected) =>
        Faults.Add(File, Line, column, expected, Cells[column].Length == 0 ? "nothing" : $"'{Cells[column]}'");

    public string Text(string column) => Check(column, Cells[column].Length > 0, "text");

    public string OneOf(string column, IReadOnlyCollection<string> values) =>
        Check(column, values.Contains(Cells[column]), $"one of {string.Join(", ", values)}");

    public ImmutableArray<string> Parts(string column) =>
        [.. Cells[column].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public decimal Amount(string column)
    {
        Check(column, ScalarType.TryAmount(Cells[column], out var amount), "yuan, not below zero");
        return amount;
    }

    /// <summary>A quantity within reason, as <see cref="ScalarType.Quantity"/>; the least when it isn't one.</summary>
    public decimal Quantity(string column, ScalarType quantity)
    {
        Check(column, quantity.Accepts(Cells[column]), quantity.Expected);
        return quantity.Accepts(Cells[column]) && ScalarType.TryAmount(Cells[column], out var amount) ? amount : 0;
    }

    public int Whole(string column, int least)
    {
        Check(
            column,
            int.TryParse(Cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least,
            $"a whole number, at least {least}"
        );
        return number;
    }

    public DateOnly Date(string column)
    {
        Check(column, ScalarType.TryDate(Cells[column], out var date), "a date as yyyy-MM-dd");
        return date;
    }

    public TimeLimit Limit(string column)
    {
        Check(column, TimeLimit.TryParse(Cells[column], out var limit), ScalarType.Limit.Expected);
        return limit;
    }

    private string Check(string column, bool fits, string expected)
    {
        if (!fits)
        {
            Fault(column, expected);
        }

        return Cells[column];
    }
}
