using System.Collections.Concurrent;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>The real worlds, whose journals can be told to lose a record.</summary>
internal sealed class FaultyWorlds(IWorlds worlds) : IWorlds
{
    private readonly ConcurrentDictionary<string, FaultyJournal> journals = new();

    /// <summary>How many commands worlds let in; worlds that aren't there let all in.</summary>
    public ConcurrentDictionary<string, Admission> Admissions { get; } = new();

    public WorldStorage Of(string world)
    {
        var storage = worlds.Of(world);
        return storage with { Journal = JournalOf(world, storage.Journal) };
    }

    public Reception ReceptionOf(string world) => new(worlds.ReceptionOf(world).Clock, Admissions.GetValueOrDefault(world));

    public FaultyJournal JournalOf(string world) => JournalOf(world, worlds.Of(world).Journal);

    /// <summary>The world's journal itself, to be read whole.</summary>
    public IJournalScan ScanOf(string world) => (IJournalScan)worlds.Of(world).Journal;

    public void Drop(string world) => worlds.Drop(world);

    private FaultyJournal JournalOf(string world, IJournal journal) => journals.GetOrAdd(world, _ => new FaultyJournal(journal));
}

/// <summary>A journal whose next records of a stream can be lost, or kept without an answer, and whose answers about a stream can be held
/// up.</summary>
internal sealed class FaultyJournal(IJournal journal) : IJournal
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Task> reads = new();
    private readonly ConcurrentDictionary<string, Task> appends = new();
    private string? failing;
    private bool unanswered;

    /// <summary>Loses the next record of a stream, as by a full disk.</summary>
    public void FailNext(string stream) => Fail(stream, silently: false);

    /// <summary>Commits the next record of a stream, but the answer is lost.</summary>
    public void AnswerLost(string stream) => Fail(stream, silently: true);

    /// <summary>Whoever reads the stream is answered when this is over, with what stood there when it was asked.</summary>
    public void HoldReads(string stream, Task over) => reads[stream] = over;

    /// <summary>Whoever records on the stream is answered when this is over.</summary>
    public void HoldAppends(string stream, Task over) => appends[stream] = over;

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    )
    {
        var read = await journal.ReadAsync(stream, afterVersion, upTo, cancellation);
        await reads.GetValueOrDefault(stream, Task.CompletedTask);
        return read;
    }

    public async ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        // The commit takes a moment, so that calls that could interleave do.
        var (fails, keeps) = Fails(append.Stream);
        var appending = fails && !keeps ? default : journal.AppendAsync(append);
        await Task.Yield();
        await appends.GetValueOrDefault(append.Stream, Task.CompletedTask);
        var head = await appending;
        return fails ? throw new IOException("The disk is full.") : head;
    }

    private void Fail(string stream, bool silently)
    {
        lock (gate)
        {
            (failing, unanswered) = (stream, silently);
        }
    }

    private (bool Fails, bool Keeps) Fails(string stream)
    {
        lock (gate)
        {
            var fails = failing == stream;
            failing = fails ? null : failing;
            return (fails, unanswered);
        }
    }
}
