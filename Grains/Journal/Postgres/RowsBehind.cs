using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// Finds cases whose row, redo included, is behind their record. Both are committed as one, so what moved the row has been taken out of
/// <c>redo</c> by hand, and with it the effects that left with that record.
/// </summary>
internal sealed class RowsBehind
{
    private const string Case = "case/";

    private readonly Dictionary<string, long> moved = new(StringComparer.Ordinal);

    /// <summary>A record in the order of its stream.</summary>
    public void Take(JournalRecord record)
    {
        // A refusal stays on record and moves nothing.
        if (record.Stream.StartsWith(Case, StringComparison.Ordinal) && record.Kind != ActRefused.Name)
        {
            moved[$"{record.World}/{record.Stream[Case.Length..]}"] = record.Version;
        }
    }

    /// <param name="shown">Version of the record that the row shows; 0 where a version of before wrote it.</param>
    public ScannedUnreadable? Look(string world, string number, long shown) =>
        moved.TryGetValue($"{world}/{number}", out var version) && shown > 0 && shown < version
            ? new ScannedUnreadable(
                new ChainFault(
                    ChainFaultKind.Cut,
                    $"{Case}{number}",
                    version,
                    null,
                    new(
                        $"案件 {number} 的索引行停在第 {shown} 条记录，记录已到第 {version} 条：表 redo 中的一行已被取走，随之投递的后续动作也一并丢失。",
                        $"The row of case {number} shows its record {shown}, and the record is at {version}: a row of table redo "
                            + "was taken out, and with it the effects that left with that record."
                    )
                ),
                OfRecord: true
            )
            : null;
}
