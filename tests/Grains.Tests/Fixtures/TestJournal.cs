using System.Collections.Concurrent;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>The record of one world in memory, with its outbox; it can be told to fail the next append.</summary>
internal sealed class TestJournal(string world) : IJournal
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<JournalRecord>> streams = [];
    private int untilFailure;
    private Gathering? gathering;
    private Task held = Task.CompletedTask;
    private int reads;

    /// <summary>Effects that left, in order.</summary>
    public ConcurrentQueue<Delivery> Left { get; } = new();

    /// <summary>Loses the next append, as by a full disk.</summary>
    public void FailNext() => FailAfter(0);

    /// <summary>Loses the one append that comes after so many.</summary>
    public void FailAfter(int appends) => untilFailure = appends + 1;

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        string stream,
        long afterVersion,
        long upTo,
        CancellationToken cancellation = default
    )
    {
        Interlocked.Increment(ref reads);
        await held;
        if (gathering is { } together)
        {
            await together.JoinAsync();
        }

        lock (gate)
        {
            return [.. Of(stream).Where(record => record.Version > afterVersion && record.Version <= upTo)];
        }
    }

    public async ValueTask<JournalHead> AppendAsync(JournalAppend append)
    {
        // The commit takes a moment, so that calls that could interleave do.
        var head = Append(append);
        await Task.Yield();
        return head;
    }

    private JournalHead Append(JournalAppend append)
    {
        if (append.Pair is not null)
        {
            throw new NotSupportedException("This journal has one stream to an append.");
        }

        lock (gate)
        {
            if (untilFailure > 0 && --untilFailure == 0)
            {
                throw new IOException("The disk is full.");
            }

            var records = Of(append.Stream);
            var version = append.Previous.Version + 1;
            if (records.Count != append.Previous.Version)
            {
                throw new JournalConflictException(append.Stream, version);
            }

            var head = append.Previous;
            foreach (var record in ChainLink.After(world, append))
            {
                records.Add(record);
                head = record.Head();
            }

            foreach (var delivery in append.Effects)
            {
                Left.Enqueue(delivery);
            }

            return head;
        }
    }

    /// <summary>How often anything was read.</summary>
    public int Reads => Volatile.Read(ref reads);

    /// <summary>Lets the next reads wait until so many are under way.</summary>
    public void GatherReads(int wanted) => gathering = new(wanted);

    /// <summary>Lets reads wait until this is over.</summary>
    public void HoldReads(Task over) => held = over;

    /// <summary>Kinds recorded on a stream, in order.</summary>
    public IReadOnlyList<string> Kinds(string stream)
    {
        lock (gate)
        {
            return [.. Of(stream).Select(r => r.Kind)];
        }
    }

    private List<JournalRecord> Of(string stream) => streams.TryGetValue(stream, out var records) ? records : streams[stream] = [];

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
