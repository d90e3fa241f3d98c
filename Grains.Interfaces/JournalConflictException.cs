namespace TownReform;

/// <summary>The journal refused a record because its place is taken. It crosses the wire as a fault: who sent the command sends it
/// again.</summary>
[GenerateSerializer, Alias("journal-conflict")]
public sealed class JournalConflictException(string stream, long version)
    : Exception($"Record {version} of stream {stream} is already written by another activation; read the stream again.")
{
    [Id(0)]
    public string Stream { get; } = stream;

    [Id(1)]
    public long Version { get; } = version;
}
