using Spectre.Console;
using TownReform.Client.Terminal;

namespace TownReform.Client.Reports;

/// <summary>The tables' one look: thin rules, text to the left, figures to the right, nothing that needs colour to be understood.</summary>
internal static class Columns
{
    public static Table Titled(string title) =>
        new Table
        {
            Border = TableBorder.Simple,
            Title = new TableTitle(Markup.Escape(title), new Style(decoration: Decoration.Bold)),
            UseSafeBorder = true,
        };

    public static Table Text(this Table table, Words title, Lang lang, int? width = null, int gap = 0) =>
        table.AddColumn(new TableColumn(Markup.Escape(title.In(lang))) { Width = width, Padding = new Padding(gap, 0, 1, 0) });

    public static Table Figures(this Table table, Lang lang, params Words[] titles)
    {
        foreach (var title in titles)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape(title.In(lang)))
                {
                    Alignment = Justify.Right,
                    NoWrap = true,
                    Padding = new Padding(1, 0, 0, 0),
                }
            );
        }

        return table;
    }

    /// <summary>A row of plain texts; square brackets are meant as they stand.</summary>
    public static Table Row(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(c => new Text(Screen.Lines(c))));

    public static Table Total(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(c => new Text(Screen.Lines(c), new Style(decoration: Decoration.Bold))));
}
