using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TownReform.Grains.Hosting;

/// <summary>What a silo measures of itself, for whoever listens (OpenTelemetry). Without a listener an instrument costs a
/// comparison.</summary>
public static class TownMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "TownReform";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>(
        "townreform.journal.commit.duration",
        "s",
        "One commit of the journal's writer, its fsync included"
    );
    private static readonly Histogram<long> CommitWrites = Meter.CreateHistogram<long>(
        "townreform.journal.commit.writes",
        "{write}",
        "Writes of grains that one commit took"
    );
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "townreform.commands",
        "{command}",
        "Commands of clients to cases, by outcome: done, refused, busy"
    );

    private static readonly Counter<long> Aside = Meter.CreateCounter<long>(
        "townreform.effects.put-aside",
        "{effect}",
        "Effects that were refused often enough and put aside"
    );
    private static readonly Counter<long> Away = Meter.CreateCounter<long>(
        "townreform.calls.turned-away",
        "{call}",
        "Calls of clients that are not open to clients"
    );

    private static readonly KeyValuePair<string, object?> Done = new("outcome", "done"),
        Refused = new("outcome", "refused"),
        Busy = new("outcome", "busy");

    /// <summary>A commit succeeded.</summary>
    /// <param name="begun">Time stamp of its beginning.</param>
    public static void Commit(int writes, long begun)
    {
        if (CommitSeconds.Enabled)
        {
            CommitSeconds.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            CommitWrites.Record(writes);
        }
    }

    /// <summary>Effects were put aside.</summary>
    public static void PutAside(int effects) => Aside.Add(effects);

    /// <summary>A client called what is not open to clients.</summary>
    public static void TurnedAway() => Away.Add(1);

    /// <summary>A command was answered.</summary>
    public static void Answer(Refusal? refusal)
    {
        if (Commands.Enabled)
        {
            Commands.Add(
                1,
                refusal is null ? Done
                    : refusal.Code == RefusalCode.Busy ? Busy
                    : Refused
            );
        }
    }
}
