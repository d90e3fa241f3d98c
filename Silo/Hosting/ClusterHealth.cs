using Orleans.Configuration;

namespace TownReform.Silo.Hosting;

/// <summary>
/// How soon the silos of a cluster find a dead one. Seconds, because a case whose silo has died waits that long; not less, because a silo
/// that pauses longer (garbage collection, an overloaded machine) is declared dead although it lives, and has to start again.
/// </summary>
internal static class ClusterHealth
{
    /// <summary>A silo that answers no probe for about <c>ProbeTimeout × NumMissedProbesLimit</c> (4 s) is declared dead; a whole cluster that crashed is recognised by its old signs of life after 15 s.</summary>
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
