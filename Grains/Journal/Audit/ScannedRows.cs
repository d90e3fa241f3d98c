using System.Data.Common;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Rows of both stores as a scan reads them. Somebody may have written anything into one: then it is a finding.</summary>
internal static class ScannedRows
{
    /// <summary>Columns of <c>standing s</c> that <see cref="Work"/> reads.</summary>
    public const string WorkColumns = "s.number, s.workplace, s.work, s.since";

    /// <summary>The work of a case.</summary>
    public static Scanned Work(DbDataReader row) =>
        Read(
            row,
            "work",
            static row =>
            {
                var work = StoredJson.ReadWorkStrictly(row.GetString(2));
                return row.IsDBNull(3) || Moment.Read(row.GetString(3)) == work.Since
                    ? new ScannedWork(row.GetString(1), work)
                    : ScanFaults.Row($"case {row.GetString(0)}", ScanFaults.Since);
            }
        );

    /// <summary>A case without its work.</summary>
    public static Scanned Case(DbDataReader row) => Read(row, "case", static row => new ScannedCase(CaseRows.ReadStrictly(row)));

    /// <summary>A record.</summary>
    /// <param name="commit">The commit that it names.</param>
    /// <param name="check">What the hash can't tell; null when it is so, else what isn't.</param>
    public static Scanned Record(DbDataReader row, long commit, long writer, long? place, Func<JournalRecord, string?> check)
    {
        try
        {
            var record = RecordRows.Read(row);
            return check(record) is { } why
                ? new ScannedUnreadable(Broken(record.Stream, record.Version, commit, why, place), OfRecord: true)
                : new ScannedRecord(record, commit, writer, place);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            var (stream, version) = (row.GetValue(1) as string, row.GetValue(2) as long?);
            return new ScannedUnreadable(Broken(stream, version, commit, e.Message, place), OfRecord: true);
        }
    }

    public static ChainFault Broken(string? stream, long? version, long? commit, string why, long? place = null) =>
        new(ChainFaultKind.Edited, stream, version, commit, new Words($"无法读出：{why}", $"It can't be read: {why}"), place);

    /// <summary>Whether a fault is of what is read, not of reading.</summary>
    public static bool IsUnreadable(Exception e) => e is not (DbException or OutOfMemoryException or OperationCanceledException);

    private static Scanned Read(DbDataReader row, string what, Func<DbDataReader, Scanned> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return new ScannedUnreadable(Broken($"{what} {row.GetValue(0)}", null, null, e.Message), OfRecord: false);
        }
    }
}
