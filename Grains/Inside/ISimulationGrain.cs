using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform.Grains.Inside;

/// <summary>One run of a scenario: its replications, progress and results. Keyed by run id.</summary>
[Alias("simulation")]
public interface ISimulationGrain : IGrainWithStringKey
{
    /// <summary>Runs all replications and answers when the last has ended. A cancelled run stops between two virtual events.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    [ResponseTimeout("24:00:00"), Alias("run")]
    Task<ImmutableArray<ReplicationResult>> RunAsync(SimulationOrder order, CancellationToken cancellation);

    [AlwaysInterleave, Alias("progress")]
    Task<ImmutableArray<ReplicationProgress>> ProgressAsync();
}

/// <summary>One replication of a run: one world, one virtual clock. Keyed run/number.</summary>
[Alias("replication")]
public interface IReplicationGrain : IGrainWithStringKey
{
    [ResponseTimeout("24:00:00"), Alias("run")]
    Task<ReplicationResult> RunAsync(ReplicationOrder order, CancellationToken cancellation);

    [AlwaysInterleave, Alias("progress")]
    Task<ReplicationProgress> ProgressAsync();
}

/// <param name="Scenario">Code or file path of the scenario.</param>
/// <param name="Routes">Procedures that replace those of a kind: <c>permit=permit-by-county</c>. The powers of that kind then stay with the
/// county.</param>
/// <param name="DemandScale">Factor on all demand; null as in the scenario.</param>
/// <param name="Pace">Factor on the speed of all work; null as in the scenario.</param>
/// <param name="HoldAt">Local time at which virtual time stands still for good: the world then stays in memory, to be looked into, until it
/// is dropped. Null: the run goes to its end, and nothing of its worlds stays.</param>
/// <param name="Values">What takes the place of the scenario's own: YAML by path, such as <c>leave.taken</c>; empty takes a key
/// away.</param>
[GenerateSerializer, Immutable, Alias("simulation-order")]
public sealed record SimulationOrder(
    string Scenario,
    long Seed,
    int Replications,
    ImmutableArray<Field> Routes,
    double? DemandScale,
    double? Pace,
    int Parallel,
    DateTime? HoldAt = null,
    ImmutableArray<Field> Values = default
)
{
    /// <summary><see cref="Values"/>, none where an order has none.</summary>
    public ImmutableArray<Field> Changes => Values.IsDefault ? [] : Values;
}

[GenerateSerializer, Immutable, Alias("replication-order")]
public sealed record ReplicationOrder(string Run, int Number, SimulationOrder Order);

/// <param name="Day">Virtual day reached.</param>
/// <param name="Share">Share of the virtual time that has passed, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("replication-progress")]
public sealed record ReplicationProgress(int Number, DateOnly Day, double Share, long Open, long Done, long Commands, bool Finished);

/// <summary>What only the world itself can tell at the end of a replication; everything else is in the trace.</summary>
[GenerateSerializer, Immutable, Alias("replication-result")]
public sealed record ReplicationResult(
    int Number,
    long Cases,
    long Commands,
    long Refusals,
    ImmutableArray<TownEnd> Towns,
    long RecordsVerified,
    long StreamsVerified,
    BrokenRecord? ChainBreak,
    long EffectsWaiting
);

/// <summary>The first record whose chain doesn't verify.</summary>
[GenerateSerializer, Immutable, Alias("broken-record")]
public sealed record BrokenRecord(string Stream, long Version);

/// <summary>A town's ledgers of things at the end of a replication.</summary>
[GenerateSerializer, Immutable, Alias("town-end")]
public sealed record TownEnd(string Town, long CertificatesIssued, EstablishmentView Posts, ImmutableArray<IndexedCount> Indexed);

/// <summary>Cases as the index counts them.</summary>
[GenerateSerializer, Immutable, Alias("indexed-count")]
public sealed record IndexedCount(string Procedure, Disposition Disposition, long Cases);
