using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Moments;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// No stream goes back in time, no silo's moments of receipt run backwards, and what is stamped far off them is a late entry (O). Older
/// records have no receipt: of them only
/// cases are looked at, as offices took down then what cases had told them, by the cases' own moments.
/// </summary>
internal sealed class MomentsCheck(SeedLibrary seeds, Findings moments)
{
    /// <summary>Late entries that are listed; the count goes on.</summary>
    private const int Listed = 100;

    private readonly Dictionary<string, (DateTimeOffset At, bool Received)> last = new(StringComparer.Ordinal);
    private readonly Dictionary<long, DateTimeOffset> received = [];
    private readonly ImmutableArray<LateRecord>.Builder late = ImmutableArray.CreateBuilder<LateRecord>();

    /// <summary>How many late entries there are.</summary>
    public long LateCount { get; private set; }

    /// <summary>The first of them.</summary>
    public ImmutableArray<LateRecord> Late => late.ToImmutable();

    /// <param name="writer">Whose commit it is; null in a world without commits, which has no clock of its own.</param>
    public void Take(JournalRecord record, long? writer)
    {
        moments.Look();
        if (last.TryGetValue(record.Stream, out var before))
        {
            if (
                MomentRules.IsBefore(record.At, before.At)
                && (record.ReceivedAt is not null || record.Stream.StartsWith("case/", StringComparison.Ordinal))
            )
            {
                moments.Breach(
                    record.Stream,
                    record.Version,
                    $"记录倒序：{record.At:O} 在上一条 {before.At:O} 之前。",
                    $"The stream goes back in time: {record.At:O} follows {before.At:O}."
                );
            }

            if (before.Received && record.ReceivedAt is null)
            {
                moments.Breach(
                    record.Stream,
                    record.Version,
                    "上一条有系统收到时刻，此条没有。",
                    "The record before it has the silo's moment of receipt, and this one has none."
                );
            }
        }

        last[record.Stream] = (record.At, record.ReceivedAt is not null);
        if (record.Late is not null)
        {
            Enter(record);
        }

        if (writer is { } by && record.ReceivedAt is { } receipt)
        {
            Compare(record, by, receipt);
        }
    }

    private void Enter(JournalRecord record)
    {
        LateCount++;
        if (
            StoredLate.Read(record.Late) is not { } entry
            || string.IsNullOrWhiteSpace(entry.Reason)
            || string.IsNullOrWhiteSpace(entry.Paper)
        )
        {
            moments.Breach(record.Stream, record.Version, "补录缺事由或凭据。", "A late entry lacks its reason or its paper.");
        }
        else if (late.Count < Listed)
        {
            late.Add(new LateRecord(record.Stream, record.Version, record.At, record.ReceivedAt, entry.Reason, entry.Paper));
        }
    }

    private void Compare(JournalRecord record, long writer, DateTimeOffset receipt)
    {
        var allowance = TimeSpan.FromSeconds(
            (double)(seeds.Law[LawNames.ClockAllowance, DateOnly.FromDateTime(receipt.UtcDateTime)]?.Value ?? 0)
        );
        if (received.TryGetValue(writer, out var latest) && receipt < latest - allowance)
        {
            moments.Breach(
                record.Stream,
                record.Version,
                $"系统收到时刻 {receipt:O} 早于同一写入者先前的 {latest:O}。",
                $"The silo received it at {receipt:O}, long before what the same writer had recorded, {latest:O}."
            );
        }

        received[writer] = receipt > latest ? receipt : latest;

        // The system's own acts follow the stream, and a town is founded as of its plan's day.
        if (record.ActorOffice != Actor.System.Office && record.Late is null && (record.At - receipt).Duration() > allowance)
        {
            moments.Breach(
                record.Stream,
                record.Version,
                $"所署时刻 {record.At:O} 与收到时刻 {receipt:O} 相差过大，且非补录。",
                $"It is stamped {record.At:O} and was received at {receipt:O}: too far apart, and no late entry."
            );
        }
    }
}

/// <summary>A late entry (补录) of the record.</summary>
public sealed record LateRecord(string Stream, long Version, DateTimeOffset At, DateTimeOffset? ReceivedAt, string Reason, string Paper);
