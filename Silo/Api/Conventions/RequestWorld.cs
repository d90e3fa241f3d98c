using Microsoft.AspNetCore.Builder;
using TownReform.Grains.Journal.Memory;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// The world that a request is about: the live one, unless its address names another that a run has held (<c>/worlds/{w}</c>). Whatever
/// reads for a request asks it, so that the same endpoints and pages serve every world.
/// </summary>
internal sealed class RequestWorld
{
    /// <summary>First part of the keys of all grains that are asked.</summary>
    public string Name { get; private set; } = Address.Live;

    /// <summary>A simulated one: it is only looked into.</summary>
    public bool IsHeld => Held is not null;

    /// <summary>The moment at which it stands still; null for the live one.</summary>
    public HeldMoment? Held { get; private set; }

    /// <summary>Turns to a world that was held.</summary>
    public void Enter(string world, HeldMoment held) => (Name, Held) = (world, held);
}

/// <summary>When and where somebody looks into a simulated world.</summary>
/// <param name="Now">Its virtual moment.</param>
/// <param name="Zone">IANA name of the time zone of its towns.</param>
/// <param name="Place">Code of the town, or of the county, whose offices are looked into; null where the address names none.</param>
/// <param name="Pages">Address of its pages, such as <c>/worlds/sim-run-1</c>.</param>
internal sealed record HeldMoment(DateTimeOffset Now, string Zone, string? Place, string Pages);

/// <summary>Endpoints that answer about held worlds too, and what is said there.</summary>
internal static class WorldReads
{
    /// <summary>What is said to whoever would change something.</summary>
    public static Words OnlyLookedInto { get; } =
        new(
            "模拟世界停在所定的一日，只供查看，不能办理。",
            "A simulated world stands still on its day: it is only looked into, nothing is done in it."
        );

    /// <summary>What is said of a case whose records were let go.</summary>
    public static Words RecordsGone { get; } =
        new(
            "该案件已办结，其留痕经核对后已移出模拟世界的内存。结果文件中仍有其办理经过；要逐条查看，请另作一次停在该日的运行。",
            "The case has ended, and its records were checked and left the memory of the simulated world. The result files still tell its "
                + "course; to read it record by record, order a run that is held on that day."
        );

    /// <summary>It only reads, and finds its world by <see cref="TownCalls"/>: it can be asked about a held world too.</summary>
    public static TBuilder InHeldWorlds<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(static builder => builder.Metadata.Add(ReadInWorlds.Instance));
        return endpoint;
    }

    /// <summary>Whether a fault says that records have left memory, as it comes from a grain.</summary>
    public static bool IsGone(Exception? fault) => fault is StreamFoldedException || (fault?.InnerException is { } inner && IsGone(inner));
}

/// <summary>Says of an endpoint that it answers about held worlds too.</summary>
internal sealed class ReadInWorlds
{
    public static ReadInWorlds Instance { get; } = new();
}
