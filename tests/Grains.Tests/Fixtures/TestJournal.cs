using System.Collections.Concurrent;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>A journal whose next records can be lost, or kept without an answer, and whose answers can be held up.</summary>
internal sealed class TestJournal(IJournal journal) : IJournal
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Task> heldReads = new();
    private readonly ConcurrentDictionary<string, Task> heldAppends = new();
    private string? failing;
    private bool unanswered;
    private int untilFailure;
    private Gathering? gathering;
    private Task held = Task.CompletedTask;
    private int reads;

    /// <summary>Effects that left, in order.</summary>
    public ConcurrentQueue<Delivery> Left { get; } = new();

    /// <summary>How often anything was read.</summary>
    public int Reads => Volatile.Read(ref reads);

    /// <summary>Loses the next record of a stream, as by a full disk.</summary>
    public void FailNext(string stream) => Fail(stream, silently: false);

    /// <summary>Loses the one record that comes after so many, of whatever stream.</summary>
    public void FailAfter(int appends) => untilFailure = appends + 1;

    /// <summary>Commits the next record of a stream, but the answer is lost.</summary>
    public void AnswerLost(string stream) => Fail(stream, silently: true);

    /// <summary>Whoever reads the stream is answered when this is over, with what stood there when it was asked.</summary>
    public void HoldReads(string stream, Task over) => heldReads[stream] = over;

    /// <summary>Whoever reads anything is answered when this is over.</summary>
    public void HoldReads(Task over) => held = over;

    /// <summary>Whoever records on the stream is answered when this is over.</summary>
    public void HoldAppends(string stream, Task over) => heldAppends[stream] = over;

    /// <summary>Lets the next reads wait until so many are under way.</summary>
    public void GatherReads(int wanted) => gathering = new(wanted);

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    )
    {
        Interlocked.Increment(ref reads);
        var read = await journal.ReadAsync(stream, afterVersion, upTo, cancellation);
        await held;
        await heldReads.GetValueOrDefault(stream, Task.CompletedTask);
        if (gathering is { } together)
        {
            await together.JoinAsync();
        }

        return read;
    }

    public async ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        // The commit takes a moment, so that calls that could interleave do.
        var (fails, keeps) = Fails(append.Stream);
        var appending = fails && !keeps ? default : AppendAndNoteAsync(append);
        await Task.Yield();
        await heldAppends.GetValueOrDefault(append.Stream, Task.CompletedTask);
        var head = await appending;
        return fails ? throw new IOException("The disk is full.") : head;
    }

    private async ValueTask<JournalHead> AppendAndNoteAsync(JournalAppend append)
    {
        var head = await journal.AppendAsync(append);
        foreach (var delivery in append.Effects)
        {
            Left.Enqueue(delivery);
        }

        return head;
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
            if (untilFailure > 0 && --untilFailure == 0)
            {
                return (true, false);
            }

            var fails = failing == stream;
            failing = fails ? null : failing;
            return (fails, unanswered);
        }
    }

    private sealed class Gathering(int wanted)
    {
        private readonly TaskCompletionSource here = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        // Reads come on several threads at once.
        public Task JoinAsync()
        {
            var come = Interlocked.Increment(ref count);
            if (come == wanted)
            {
                here.SetResult();
            }

            return come > wanted ? Task.CompletedTask : here.Task;
        }
    }
}
