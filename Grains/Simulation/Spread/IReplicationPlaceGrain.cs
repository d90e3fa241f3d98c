using System.Collections.Immutable;
using Orleans.Concurrency;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>A silo of a live cluster as a place where replications run. Keyed run/silo; it is asked with the silo as placement
/// hint.</summary>
[Alias("replication-place")]
public interface IReplicationPlaceGrain : IGrainWithStringKey
{
    /// <summary>Where the place turned out to be.</summary>
    [Alias("look")]
    Task<ReplicationPlace> LookAsync();

    /// <summary>Runs one replication on this silo, and tells what it counted.</summary>
    [ResponseTimeout("24:00:00"), Alias("run")]
    Task<CountedReplication> RunAsync(ReplicationOrder order, CancellationToken cancellation);

    /// <summary>How far the replications of this silo are, ended ones included.</summary>
    [AlwaysInterleave, Alias("progress")]
    Task<ImmutableArray<ReplicationProgress>> ProgressAsync();
}

/// <param name="Cores">Processors of the silo: as many replications run there at once.</param>
[GenerateSerializer, Immutable, Alias("replication-place-answer")]
public sealed record ReplicationPlace(string Silo, int Cores);

/// <summary>A replication that ended: the world's own account, and the counts that the summary is made of.</summary>
[GenerateSerializer, Immutable, Alias("counted-replication")]
public sealed record CountedReplication(string Silo, ReplicationResult Result, ReplicationCounts Counts);
