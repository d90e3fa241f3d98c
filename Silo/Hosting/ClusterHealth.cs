using Orleans.Configuration;

namespace TownReform.Silo.Hosting;

/// <summary>
/// How soon the silos of a cluster find a dead one. Seconds, because a case whose silo has died waits that long; not less, because a silo
/// that pauses longer (garbage collection, an overloaded machine) is declared dead although it lives, and has to start again.
/// </summary>
internal static class ClusterHealth
{
    /// <summary>
    /// A killed silo is noticed by its broken connections and declared dead by two others after a few missed probes; a frozen one, whose
    /// connections stay, after its sign of life in the table is 15 s old, as is a whole cluster that crashed.
    /// </summary>
    public static void Configure(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.NumMissedTableIAmAliveLimit = 3;
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
    }
}
