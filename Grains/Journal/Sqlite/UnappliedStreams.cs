namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The last commit of each stream, as far as it matters: streams that share a slot share the later one, and then somebody waits
/// who need not have.</summary>
internal sealed class UnappliedStreams
{
    private const int Slots = 1 << 17;

    private readonly long[] commits = new long[Slots];

    public void Put(string stream, long commit) => Volatile.Write(ref Slot(stream), commit);

    /// <returns>That commit or a later one.</returns>
    public long LastOf(string stream) => Volatile.Read(ref Slot(stream));

    private ref long Slot(string stream) => ref commits[string.GetHashCode(stream, StringComparison.Ordinal) & (Slots - 1)];
}
