using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Reads;

/// <summary>What stands on a stream of the read log.</summary>
public abstract record ReadEvent : RecordedEvent;

/// <summary>Files were read from an office; its town, office and day are the stream's.</summary>
public sealed record FilesRead(ImmutableArray<NotedRead> Reads) : ReadEvent
{
    public const string DurableName = "reads.noted";

    protected override string Name => DurableName;
}

/// <param name="By">Id of who read.</param>
/// <param name="For">On whose behalf; null for nobody's.</param>
public sealed record NotedRead(string Case, string By, string? For, DateTimeOffset At, FilePart Part, long Version, string? Reason);
