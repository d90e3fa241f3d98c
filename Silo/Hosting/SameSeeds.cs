using Orleans.Runtime.MembershipService.SiloMetadata;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Silo.Hosting;

/// <summary>
/// Keeps a silo with other seeds out of a cluster: half of the cases would be judged by another law. Each silo tells the hashes of its
/// files with Orleans' silo metadata; one that
/// joins compares them with those of every silo that serves, before it takes any grain, and once more when it is in, for two that started
/// together.
/// </summary>
internal sealed class SameSeeds(SeedLibrary seeds, ISiloMetadataCache told, IClusterMembershipService cluster, ILocalSiloDetails local)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private const string Prefix = "seeds:";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a silo that serves may take to tell. One that can't be asked has died, or can't be joined either; one of an
    /// earlier release tells nothing.</summary>
    private static readonly RetryPolicy UntilAllTold = new(_ => false, Glance, Glance, patience: TimeSpan.FromSeconds(2));

    /// <summary>What a silo with these seeds tells the others.</summary>
    public static Dictionary<string, string> ToldBy(SeedLibrary seeds) =>
        seeds.Files.ToDictionary(file => Prefix + file.Key, file => file.Value, StringComparer.Ordinal);

    /// <exception cref="SeedsDifferException">A silo that serves has other seeds.</exception>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(SameSeeds),
            ServiceLifecycleStage.BecomeActive - 1,
            async _ =>
            {
                if (await FindAsync() is { } refusal)
                {
                    throw new SeedsDifferException(refusal);
                }
            }
        );

    /// <summary>The refusal to serve beside a silo that has other seeds; null when all that serve have the same.</summary>
    public async Task<Refusal?> FindAsync() =>
        (await UntilAllTold.RunAsync(() => Task.FromResult(Compare()), seen => seen.Silent ? Glance : null)).Refusal;

    private (Refusal? Refusal, bool Silent) Compare()
    {
        var silent = false;
        foreach (var silo in Serving())
        {
            var theirs = told.GetSiloMetadata(silo)
                .Metadata.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[Prefix.Length..], pair => pair.Value, StringComparer.Ordinal);
            if (theirs.Count == 0)
            {
                silent = true;
            }
            else if (SeedFiles.Differing(seeds.Files, theirs) is { IsEmpty: false } files)
            {
                return (TownRefusals.SeedsDiffer(silo.Endpoint.ToString(), files), false);
            }
        }

        return (null, silent);
    }

    private IEnumerable<SiloAddress> Serving() =>
        cluster
            .CurrentSnapshot.Members.Values.Where(member =>
                member.Status == SiloStatus.Active && !member.SiloAddress.Equals(local.SiloAddress)
            )
            .Select(member => member.SiloAddress);
}

/// <summary>A silo that serves has other seeds.</summary>
internal sealed class SeedsDifferException(Refusal refusal) : InvalidOperationException(refusal.Because.En)
{
    public Refusal Refusal { get; } = refusal;
}
