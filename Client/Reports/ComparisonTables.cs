using Spectre.Console;
using TownReform.Grains.Simulation.Results;

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
        if (!comparison.Unpaired.IsEmpty)
        {
            to.WriteLine(ComparisonText.Warning.In(lang), new Style(Color.Red, decoration: Decoration.Bold));
            to.WriteLine();
        }

        WriteDifferences(to);
        foreach (var group in comparison.Groups)
        {
            to.Write(Table(group));
        }

        foreach (var definition in comparison.Definitions)
        {
            to.WriteLine(lang == Lang.Zh ? definition.Zh : definition.En, new Style(decoration: Decoration.Dim));
        }
    }

    private void WriteDifferences(IAnsiConsole to)
    {
        if (comparison.Differences.IsEmpty)
        {
            to.WriteLine(ComparisonText.Alike.In(lang));
            to.WriteLine();
            return;
        }

        to.WriteLine(ComparisonText.Made.In(lang), new Style(decoration: Decoration.Bold));
        foreach (var difference in text.Differences)
        {
            to.WriteLine($"  {difference.Path}: {difference.A} → {difference.B}");
        }

        if (text.More is { } more)
        {
            to.WriteLine($"  {more}");
        }

        to.WriteLine();
    }

    private Table Table(ComparisonGroup group)
    {
        var table = Columns
            .Titled(text.Heading(group))
            .Text(new("指标", "Measure"), lang, width: 20)
            .Figures(lang, new("        A", "        A"), new("        B", "        B"), ComparisonText.Difference, ComparisonText.Ratio);
        foreach (var row in group.Rows)
        {
            var style = row.Better switch
            {
                true => new Style(Color.Green),
                false => new Style(Color.Red),
                null => Style.Plain,
            };
            table.AddRow(
                new Text(text.Measure(row.Measure)),
                new Text(MeasureWords.Value(row.Measure, row.A)),
                new Text(MeasureWords.Value(row.Measure, row.B)),
                new Text(text.Change(row), style),
                new Text(MeasureWords.Times(row))
            );
        }

        return table;
    }
}
