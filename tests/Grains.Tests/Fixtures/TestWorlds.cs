using System.Collections.Concurrent;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>Worlds in memory, with snapshots, so that both ways of loading are tested.</summary>
internal sealed class TestWorlds : IWorlds
{
    private readonly ConcurrentDictionary<string, WorldStorage> worlds = new();

    /// <summary>Names of worlds in which every grain lives as on a silo of its own begin so: what one has at hand no other sees.</summary>
    public const string Apart = "apart-";

    public WorldStorage Of(string world) =>
        worlds.GetOrAdd(world, name => NewStorage(name, new TestJournal(name))) is var shared
        && world.StartsWith(Apart, StringComparison.Ordinal)
            ? NewStorage(world, (TestJournal)shared.Journal)
            : shared;

    private static WorldStorage NewStorage(string name, TestJournal journal) =>
        new(name, journal, new NoCases(), new LeftEffects(journal), new TestSnapshots());

    public void Drop(string world) => worlds.TryRemove(world, out _);

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

    private sealed class LeftEffects(TestJournal journal) : IOutbox
    {
        public ValueTask<IReadOnlyList<Delivery>> DrainAsync(CancellationToken cancellation = default) =>
            throw new NotSupportedException("A test delivers by hand: see TownCluster.DeliverAllAsync.");

        public ValueTask<long> CountAsync(CancellationToken cancellation = default) => ValueTask.FromResult<long>(journal.Left.Count);
    }

    /// <summary>The offices open no cases.</summary>
    private sealed class NoCases : IReadModel
    {
        public ValueTask<IReadOnlyList<CaseRow>> ListCasesAsync(CaseQuery query, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<CaseRow>>([]);

        public ValueTask<string?> FindOpenedByAsync(Guid commandId, CancellationToken cancellation = default) =>
            ValueTask.FromResult<string?>(null);

        public ValueTask<IReadOnlyList<WorkItem>> ListWorkAsync(string workplace, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<WorkItem>>([]);

        public ValueTask<IReadOnlyList<CaseCount>> CountOpenAsync(CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<CaseCount>>([]);

        public ValueTask<IReadOnlyList<string>> ListOpenAsync(string town, string? procedure, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<string>>([]);

        public ValueTask<IReadOnlyList<WorkCount>> CountWorkAsync(string? town, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<WorkCount>>([]);

        public ValueTask<IReadOnlyList<RefusedRecord>> ListRefusedAsync(
            DateTimeOffset since,
            int take,
            CancellationToken cancellation = default
        ) => ValueTask.FromResult<IReadOnlyList<RefusedRecord>>([]);

        public ValueTask<IReadOnlyList<ReadsRecord>> ListReadsAsync(ReadsQuery query, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<ReadsRecord>>([]);

        public ValueTask<IReadOnlyList<CaseSpan>> ListDecidedAsync(DecidedQuery query, CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<CaseSpan>>([]);

        public ValueTask<IReadOnlyList<CaseCount>> CountCasesAsync(CancellationToken cancellation = default) =>
            ValueTask.FromResult<IReadOnlyList<CaseCount>>([]);
    }
}
