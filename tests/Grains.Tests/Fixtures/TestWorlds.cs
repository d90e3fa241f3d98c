using System.Collections.Concurrent;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>The real worlds in memory, whose journals can be told to lose a record, and which have snapshots, so that both ways of loading
/// are tested.</summary>
internal sealed class TestWorlds(IWorlds worlds) : IWorlds
{
    private readonly ConcurrentDictionary<string, TestJournal> journals = new();
    private readonly ConcurrentDictionary<string, TestSnapshots> snapshots = new();

    /// <summary>Names of worlds in which every grain lives as on a silo of its own begin so: what one has at hand no other sees.</summary>
    public const string Apart = "apart-";

    /// <summary>How many commands worlds let in; worlds that aren't there let all in.</summary>
    public ConcurrentDictionary<string, Admission> Admissions { get; } = new();

    public WorldStorage Of(string world)
    {
        var storage = worlds.Of(world);
        return storage with
        {
            Journal = JournalOf(world, storage.Journal),
            Snapshots = IsApart(world) ? new TestSnapshots() : snapshots.GetOrAdd(world, _ => new TestSnapshots()),
        };
    }

    public Reception ReceptionOf(string world) => new(worlds.ReceptionOf(world).Clock, Admissions.GetValueOrDefault(world));

    public TestJournal JournalOf(string world) => JournalOf(world, worlds.Of(world).Journal);

    /// <summary>The world's journal itself, to be read whole.</summary>
    public IJournalScan ScanOf(string world) => (IJournalScan)worlds.Of(world).Journal;

    public void Drop(string world) => worlds.Drop(world);

    public static bool IsApart(string world) => world.StartsWith(Apart, StringComparison.Ordinal);

    private TestJournal JournalOf(string world, IJournal journal) => journals.GetOrAdd(world, _ => new TestJournal(journal));

    private sealed class TestSnapshots : ISnapshots
    {
        private readonly ConcurrentDictionary<string, Snapshot> kept = new();

        public ValueTask<Snapshot?> ReadAsync(string stream) => ValueTask.FromResult(kept.GetValueOrDefault(stream));

        public ValueTask WriteAsync(string stream, Snapshot snapshot)
        {
            kept[stream] = snapshot;
            return ValueTask.CompletedTask;
        }
    }
}
