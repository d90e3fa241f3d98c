using CsvHelper;
using TownReform.Grains.Rules;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>
/// Writes <c>cases.csv</c>: RFC 4180 quoting, UTF-8, lines end with LF, one row for each case, the replication first.
/// Moments are ISO 8601 with their offset, to the second; money and days have a point; what isn't known is empty.
/// </summary>
public sealed class CasesCsv : IDisposable
{
    private const string Moment = "yyyy-MM-dd'T'HH:mm:sszzz";

    private static readonly CsvWriterOptions Dialect = new()
    {
        NewLine = "\n",
        TrueValue = "true",
        FalseValue = "false",
    };

    private static readonly string[] Columns =
    [
        "replication",
        "town",
        "number",
        "procedure",
        "kind",
        "subject",
        "organisation",
        "green",
        "opened_at",
        "ended_at",
        "disposition",
        "step",
        "ending",
        "on_time",
        "used_days",
        "limit_days",
        "limit_unit",
        "cycle_days",
        "visits",
        "acts",
        "refusals",
        "certificate",
        "fine",
    ];

    private readonly CsvWriter csv;

    public CasesCsv(Stream to, bool leaveOpen = false)
    {
        csv = CsvWriter.Create(to, Dialect, leaveOpen);
    }

    public void WriteHeader() => WriteRow(Columns);

    public void Write(int replication, CaseRecord record)
    {
        csv.WriteField(replication);
        csv.WriteField(record.Town);
        csv.WriteField(record.Number);
        csv.WriteField(record.Procedure);
        csv.WriteField(record.Kind);
        csv.WriteField(record.Subject);
        csv.WriteField(record.Organisation);
        csv.WriteField(record.Green);
        csv.WriteField(record.OpenedAt, Moment);
        csv.WriteField(record.EndedAt, Moment);
        csv.WriteField(Codes.Of(record.Disposition));
        csv.WriteField(record.Step);
        csv.WriteField(record.Ending);
        Known(record.OnTime);
        csv.WriteField(record.UsedDays);
        csv.WriteField(record.LimitDays);
        csv.WriteField(
            record.LimitDays is null ? null
            : record.LimitUnit == DayUnit.Working ? "working"
            : "calendar"
        );
        csv.WriteField(record.EndedAt is { } end ? CycleTimes.Days(end - record.OpenedAt) : (double?)null, "0.00");
        csv.WriteField(record.Visits);
        csv.WriteField(record.Acts);
        csv.WriteField(record.Refusals);
        csv.WriteField(record.Certificate);
        csv.WriteField(record.Fine, "0.00");
        csv.EndRecord();
    }

    /// <summary>Ends the file, and closes the stream unless it was to be left open.</summary>
    public void Dispose() => csv.Dispose();

    private void WriteRow(string[] fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }

    private void Known(bool? flag)
    {
        if (flag is { } known)
        {
            csv.WriteField(known);
        }
        else
        {
            csv.WriteField("");
        }
    }
}

/// <summary>Durable codes of what the files say.</summary>
internal static class Codes
{
    public static string Of(Disposition disposition) =>
        disposition switch
        {
            Disposition.Open => "open",
            Disposition.Decided => "decided",
            Disposition.Withdrawn => "withdrawn",
            Disposition.Transferred => "transferred",
            _ => throw new ArgumentOutOfRangeException(nameof(disposition), disposition, "No such disposition."),
        };
}
