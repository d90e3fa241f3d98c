using System.Collections.Concurrent;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Recording;

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
        return storage with { Journal = JournalOf(world, storage.Journal), Admission = Admissions.GetValueOrDefault(world) };
    }

    public FaultyJournal JournalOf(string world) => JournalOf(world, worlds.Of(world).Journal);

    /// <summary>The world's journal itself, to be read whole.</summary>
    public IJournalScan ScanOf(string world) => (IJournalScan)worlds.Of(world).Journal;

    public void Drop(string world) => worlds.Drop(world);

    private FaultyJournal JournalOf(string world, IJournal journal) => journals.GetOrAdd(world, _ => new FaultyJournal(journal));
}

/// <summary>A journal whose next records of a stream can be lost, or kept without an answer.</summary>
internal sealed class FaultyJournal(IJournal journal) : IJournal
{
    private readonly Lock gate = new();
    private string? failing;
    private bool unanswered;

    /// <summary>Loses the next record of a stream, as by a full disk.</summary>
    public void FailNext(string stream) => Fail(stream, silently: false);

    /// <summary>Commits the next record of a stream, but the answer is lost.</summary>
    public void AnswerLost(string stream) => Fail(stream, silently: true);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(string stream, long afterVersion, long upTo, CancellationToken cancellation = default) =>
        journal.ReadAsync(stream, afterVersion, upTo, cancellation);

    public async ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        // The commit takes a moment, so that calls that could interleave do.
        var (fails, keeps) = Fails(append.Stream);
        var appending = fails && !keeps ? default : journal.AppendAsync(append);
        await Task.Yield();
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
