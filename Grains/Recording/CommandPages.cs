using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>
/// Pages of command ids read back from the journal; the last few stay, because late deliveries come together. Of each page that was ever
/// read a filter stays
/// (16 bits an id), so that it is hardly ever read in vain again.
/// </summary>
internal sealed class CommandPages(int page)
{
    private const int Most = 8;

    private readonly Dictionary<int, Dictionary<Guid, long>> read = [];
    private readonly Dictionary<int, IdFilter> filters = [];
    private readonly Queue<int> order = new();

    /// <summary>Version of a command on one of some pages, or 0. Each page that isn't here and may hold it is read, and no more than
    /// it.</summary>
    public async ValueTask<long> FindAsync(Guid command, IReadOnlyList<int> candidates, IJournal journal, string stream)
    {
        foreach (var candidate in candidates)
        {
            if (read.TryGetValue(candidate, out var ids) && ids.TryGetValue(command, out var version))
            {
                return version;
            }
        }

        // The latest first: a late repeat is more likely than an old one.
        foreach (
            var candidate in candidates
                .Where(c => !read.ContainsKey(c) && (!filters.TryGetValue(c, out var filter) || filter.MayHold(command)))
                .Reverse()
                .ToArray()
        )
        {
            var ids = Ids(await journal.ReadCommandsAsync(stream, (long)candidate * page, ((long)candidate + 1) * page));
            Keep(candidate, ids);
            if (ids.TryGetValue(command, out var version))
            {
                return version;
            }
        }

        return 0;
    }

    private Dictionary<Guid, long> Ids(IReadOnlyList<RecordedCommand> recorded)
    {
        var ids = new Dictionary<Guid, long>(page);
        foreach (var (version, command) in recorded)
        {
            ids.TryAdd(command, version);
        }

        return ids;
    }

    private void Keep(int candidate, Dictionary<Guid, long> ids)
    {
        if (!read.TryAdd(candidate, ids))
        {
            return;
        }

        filters.TryAdd(candidate, new IdFilter(ids.Keys));
        order.Enqueue(candidate);
        if (order.Count > Most)
        {
            read.Remove(order.Dequeue());
        }
    }
}

/// <summary>Which ids a page may hold (a Bloom filter): never wrong when it says no, in about one of four hundred when it says
/// yes.</summary>
internal sealed class IdFilter
{
    private const int BitsAnId = 16,
        Hashes = 4;

    private readonly ulong[] bits;

    public IdFilter(IReadOnlyCollection<Guid> ids)
    {
        bits = new ulong[Math.Max(1, ids.Count * BitsAnId / 64)];
        Span<uint> places = stackalloc uint[Hashes];
        foreach (var id in ids)
        {
            Places(id, places);
            foreach (var place in places)
            {
                bits[place / 64] |= 1UL << (int)(place % 64);
            }
        }
    }

    public bool MayHold(Guid id)
    {
        Span<uint> places = stackalloc uint[Hashes];
        Places(id, places);
        foreach (var place in places)
        {
            if ((bits[place / 64] & (1UL << (int)(place % 64))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    // Ids may count up, so they are mixed first.
    private void Places(Guid id, Span<uint> places)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var hash = System.IO.Hashing.XxHash3.HashToUInt64(bytes);
        var (first, second) = ((uint)(hash & uint.MaxValue), (uint)(hash >> 32) | 1);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = (uint)((first + ((ulong)i * second)) % ((ulong)bits.Length * 64));
        }
    }
}
