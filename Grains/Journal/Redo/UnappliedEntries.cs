using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Journal.Redo;

/// <summary>What commits have made known, such as where streams end: remembered at least until the tables have it. A commit under way can
/// be undone.</summary>
internal sealed class UnappliedEntries<TKey, TValue>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    /// <summary>Remembered although the tables have it.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<TKey, (TValue Value, long Commit)> known = new(comparer);
    private readonly List<(TKey Key, (TValue Value, long Commit)? Before)> underWay = [];
    private int full = Most;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = known.TryGetValue(key, out var entry);
        value = entry.Value;
        return found;
    }

    /// <summary>Puts what a commit under way will make known.</summary>
    public void Put(TKey key, TValue value, long commit)
    {
        underWay.Add((key, known.TryGetValue(key, out var before) ? before : null));
        known[key] = (value, commit);
    }

    /// <summary>The commit under way is safe.</summary>
    /// <param name="applied">The last commit that is in the tables.</param>
    public void Keep(long applied)
    {
        underWay.Clear();
        if (known.Count < full)
        {
            return;
        }

        foreach (var (key, entry) in known)
        {
            if (entry.Commit <= applied)
            {
                known.Remove(key);
            }
        }

        full = Math.Max(Most, known.Count * 2);
    }

    /// <summary>The commit under way has failed.</summary>
    public void Undo()
    {
        for (var n = underWay.Count - 1; n >= 0; n--)
        {
            var (key, before) = underWay[n];
            if (before is { } entry)
            {
                known[key] = entry;
            }
            else
            {
                known.Remove(key);
            }
        }

        underWay.Clear();
    }
}
