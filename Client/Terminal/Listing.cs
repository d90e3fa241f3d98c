using System.Text;
using Spectre.Console;
using TownReform.Client.Reports;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Terminal;

/// <summary>
/// A list of things as lines. Identifiers are never cut or broken: where the screen is too narrow, columns of the lowest rank are left out,
/// then the longest texts are
/// cut with …. With <c>--wide</c> nothing is; with <c>--plain</c> each line is its cells with tabs between.
/// </summary>
internal sealed class Listing(Words title, params Listing.Column[] columns)
{
    private readonly List<string[]> rows = [];

    /// <param name="Rank">Columns of the highest rank are left out first; 0 for never.</param>
    /// <param name="Cut">Whether its texts may be cut.</param>
    /// <param name="Folds">Whether its texts go on in the next line instead; of the last column only.</param>
    internal sealed record Column(Words Title, int Rank = 0, bool Cut = false, bool Folds = false);

    public void Add(params string[] cells) =>
        rows.Add([.. cells.Select((cell, i) => columns[i].Folds ? Screen.Lines(cell) : Characters.Harmless(cell))]);

    public void Write(Screen screen)
    {
        if (screen.Plain)
        {
            screen.To.WriteLine(string.Join('\t', columns.Select(c => c.Title.In(screen.Lang))));
            foreach (var row in rows)
            {
                screen.To.WriteLine(string.Join('\t', row.Select(cell => cell.Replace('\n', ' '))));
            }

            return;
        }

        var room = screen.Wide ? int.MaxValue : screen.Console.Profile.Width;
        var kept = Kept(screen, room);
        var widths = Fitted(kept, screen, room);
        var table = Reports.Columns.Titled(title.In(screen.Lang));
        table.Expand = false;
        foreach (var i in kept)
        {
            table.AddColumn(
                new TableColumn(Markup.Escape(columns[i].Title.In(screen.Lang)))
                {
                    NoWrap = !columns[i].Folds,
                    Padding = new Padding(0, 0, 1, 0),
                }
            );
        }

        foreach (var row in rows)
        {
            table.Row(kept.Select((i, n) => columns[i].Folds ? row[i] : Cells.Cut(row[i], widths[n])));
        }

        if (screen.Wide)
        {
            screen.Console.Profile.Width = Math.Max(screen.Console.Profile.Width, widths.Sum() + (widths.Length * Gap) + Gap);
        }

        screen.Console.Write(table);
    }

    private List<int> Kept(Screen screen, int room)
    {
        var kept = Enumerable.Range(0, columns.Length).ToList();
        while (
            Least(kept, screen) > room
            && kept.Where(i => columns[i].Rank > 0).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : columns[i].Rank) is var last and >= 0
        )
        {
            kept.Remove(last);
        }

        return kept;
    }

    private int Least(List<int> kept, Screen screen) =>
        kept.Sum(i => (columns[i].Cut || columns[i].Folds ? Math.Min(Narrow, Widest(i, screen)) : Widest(i, screen)) + Gap);

    private int Widest(int column, Screen screen) =>
        rows.Select(row => columns[column].Folds ? row[column].Split('\n').Max(Cells.Width) : Cells.Width(row[column]))
            .Append(Cells.Width(columns[column].Title.In(screen.Lang)))
            .Max();

    private int[] Fitted(List<int> kept, Screen screen, int room)
    {
        var widths = kept.Select(i =>
                columns[i].Folds ? Math.Min(Narrow, Widest(i, screen))
                : columns[i].Cut && !screen.Wide ? Math.Min(Widest(i, screen), WidestText)
                : Widest(i, screen)
            )
            .ToArray();
        while (widths.Sum(w => w + Gap) > room)
        {
            var longest = Enumerable
                .Range(0, widths.Length)
                .Where(n => columns[kept[n]].Cut && widths[n] > Narrow)
                .DefaultIfEmpty(-1)
                .MaxBy(n => n < 0 ? 0 : widths[n]);
            if (longest < 0)
            {
                break;
            }

            widths[longest]--;
        }

        return widths;
    }

    private const int Gap = 2,
        Narrow = 12,
        WidestText = 60;
}

/// <summary>How wide texts are on a terminal.</summary>
internal static class Cells
{
    /// <summary>Columns that a text takes: Chinese characters take two.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>The text, or as much of it as fits with … behind.</summary>
    public static string Cut(string text, int width)
    {
        if (Width(text) <= width)
        {
            return text;
        }

        var (cut, taken) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken + Width(rune) > width - 1)
            {
                break;
            }

            cut.Append(rune.ToString());
            taken += Width(rune);
        }

        return cut.Append('…').ToString();
    }

    private static int Width(Rune rune) => rune.Value >= FirstWide && rune.Value is not (>= 0xFF61 and <= 0xFFDC) ? 2 : 1;

    private const int FirstWide = 0x2E80;
}
