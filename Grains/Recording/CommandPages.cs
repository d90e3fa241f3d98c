using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>Pages of command ids read back from the journal; the last few stay, because late deliveries come together.</summary>
internal sealed class CommandPages(int page)
{
    private const int Most = 8;

    private readonly Dictionary<int, Dictionary<Guid, long>> read = [];
    private readonly Queue<int> order = new();

    /// <summary>Version of a command on one of some pages, or 0. At most one read, from the first page that isn't here.</summary>
    public async ValueTask<long> FindAsync(Guid command, IReadOnlyList<int> candidates, IJournal journal, string stream)
    {
        foreach (var candidate in candidates)
        {
            if (read.TryGetValue(candidate, out var ids) && ids.TryGetValue(command, out var version))
            {
                return version;
            }
        }

        int[] missing = [.. candidates.Where(c => !read.ContainsKey(c))];
        if (missing is [])
        {
            return 0;
        }

        var records = await journal.ReadAsync(stream, (long)missing[0] * page);
        var found = 0L;
        foreach (var candidate in missing)
        {
            var ids = Ids(records, (candidate - missing[0]) * page);
            found = found > 0 ? found : ids.GetValueOrDefault(command);
            Keep(candidate, ids);
        }

        return found;
    }

    private Dictionary<Guid, long> Ids(IReadOnlyList<JournalRecord> records, int from)
    {
        var ids = new Dictionary<Guid, long>(page);
        for (var i = from; i < from + page; i++)
        {
            ids.TryAdd(records[i].CommandId, records[i].Version);
        }

        return ids;
    }

    private void Keep(int candidate, Dictionary<Guid, long> ids)
    {
        read.Add(candidate, ids);
        order.Enqueue(candidate);
        if (order.Count > Most)
        {
            read.Remove(order.Dequeue());
        }
    }
}
