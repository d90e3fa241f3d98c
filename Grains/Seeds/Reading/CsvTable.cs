using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>A CSV file with a closed set of columns; lines that begin with # are notes.</summary>
internal static class CsvTable
{
    /// <summary>The rows that have the right number of cells; everything else becomes a fault.</summary>
    public static ImmutableArray<SeedRow> Read(SeedFile file, IReadOnlyList<string> columns, FaultLog faults)
    {
        var options = new CsvReaderOptions
        {
            Separator = ',',
            CommentPrefix = '#',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = bad =>
                faults.Add(file.Path, (int)bad.LineNumber, "row", Expected(bad.Reason, columns.Count), $"'{bad.RawRecord}'"),
        };
        using var reader = CsvReader.FromText(file.Text, options);
        reader.ReadHeader();
        var header = reader.Headers.ToArray();
        if (!HeaderFits(file, header, columns, faults))
        {
            return [];
        }

        var rows = ImmutableArray.CreateBuilder<SeedRow>();
        while (reader.Read())
        {
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < header.Length; i++)
            {
                cells.Add(header[i], reader.GetString(i));
            }

            rows.Add(new(file.Path, (int)reader.LineNumber, cells, faults));
        }

        return rows.ToImmutable();
    }

    private static string Expected(CsvMalformedReason reason, int columns) =>
        reason == CsvMalformedReason.FieldCountMismatch
            ? string.Create(CultureInfo.InvariantCulture, $"{columns} cells")
            : "well-formed quotes";

    private static bool HeaderFits(SeedFile file, string[] header, IReadOnlyList<string> columns, FaultLog faults)
    {
        var before = faults.Count;

        // Notes may stand above the header.
        var line = file.Text.Split('\n').TakeWhile(text => text.StartsWith('#') || text.Length == 0).Count() + 1;
        foreach (var missing in columns.Except(header, StringComparer.Ordinal))
        {
            faults.Add(file.Path, line, missing, "the column to be present");
        }

        foreach (var unknown in header.Except(columns, StringComparer.Ordinal))
        {
            faults.Add(file.Path, line, unknown, $"one of the columns {string.Join(", ", columns)}", $"'{unknown}'");
        }

        foreach (var twice in header.GroupBy(h => h, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(file.Path, line, twice.Key, "the column once", $"{twice.Count()} times");
        }

        return faults.Count == before;
    }
}
