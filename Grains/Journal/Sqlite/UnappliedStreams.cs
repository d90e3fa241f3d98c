namespace TownReform.Grains.Journal.Sqlite;

/// <summary>The last commit of each stream, as far as it matters: streams that share a place share the later one, and then somebody waits
/// who need not have.</summary>
internal sealed class UnappliedStreams
{
    private const int Places = 1 << 17;

    private readonly long[] commits = new long[Places];

    public void Put(string stream, long commit) => Volatile.Write(ref Place(stream), commit);

    /// <returns>That commit or a later one.</returns>
    public long LastOf(string stream) => Volatile.Read(ref Place(stream));

    private ref long Place(string stream) => ref commits[string.GetHashCode(stream, StringComparison.Ordinal) & (Places - 1)];
}
