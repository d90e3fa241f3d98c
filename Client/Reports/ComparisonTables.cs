using Spectre.Console;

namespace TownReform.Client.Reports;

/// <summary>A comparison as tables for a terminal.</summary>
public sealed class ComparisonTables(RunComparison comparison, Lang lang)
{
    private readonly ComparisonText text = new(comparison, lang);

    public void Write(IAnsiConsole to)
    {
        to.WriteLine($"A  {text.Run(comparison.A)}");
        to.WriteLine($"B  {text.Run(comparison.B)}");
        to.WriteLine();
        foreach (var group in comparison.Groups)
        {
            to.Write(Table(group));
        }

        foreach (var definition in comparison.Definitions)
        {
            to.WriteLine(lang == Lang.Zh ? definition.Zh : definition.En, new Style(decoration: Decoration.Dim));
        }
    }

    private Table Table(ComparisonGroup group)
    {
        var table = Columns.Titled(text.Heading(group)).Text(new("指标", "Measure"), lang, width: 20)
            .Figures(lang, new("        A", "        A"), new("        B", "        B"), ComparisonText.Difference, ComparisonText.Ratio);
        foreach (var row in group.Rows)
        {
            var style = row.Better switch { true => new Style(Color.Green), false => new Style(Color.Red), null => Style.Plain };
            table.AddRow(
                new Text(text.Measure(row.Measure)),
                new Text(ComparisonText.Value(row.Measure, row.A)),
                new Text(ComparisonText.Value(row.Measure, row.B)),
                new Text(text.Change(row), style),
                new Text(ComparisonText.Times(row)));
        }

        return table;
    }
}
