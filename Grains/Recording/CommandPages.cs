using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>Pages of command ids read back from the journal; the last few stay, because late deliveries come together.</summary>
internal sealed class CommandPages(int page)
{
    private const int Most = 8;

    private readonly Dictionary<int, Dictionary<Guid, long>> read = [];
    private readonly Queue<int> order = new();

    /// <summary>Version of a command on one of some pages, or 0. Each page that isn't here is read, and no more than it.</summary>
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
        foreach (var candidate in candidates.Where(c => !read.ContainsKey(c)).Reverse().ToArray())
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

        order.Enqueue(candidate);
        if (order.Count > Most)
        {
            read.Remove(order.Dequeue());
        }
    }
}
