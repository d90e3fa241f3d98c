using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Rules;

/// <summary>Who works at one workplace, and whose turn it is.</summary>
internal sealed class DeskRoster
{
    private readonly Dictionary<string, DeskColleague> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeskColleague[]> ofRole = new(StringComparer.Ordinal);
    private long given;

    public Dictionary<string, DeskColleague>.KeyCollection Ids => people.Keys;

    public Dictionary<string, DeskColleague>.ValueCollection All => people.Values;

    public bool TryFind(string id, [NotNullWhen(true)] out DeskColleague? colleague) => people.TryGetValue(id, out colleague);

    /// <summary>Somebody joins, or comes back with other roles or certificates.</summary>
    /// <returns>Who joined; null when they were here already.</returns>
    public DeskColleague? Join(Colleague colleague)
    {
        ofRole.Clear();
        var joined = new DeskColleague(colleague);
        if (people.TryAdd(colleague.Id, joined))
        {
            return joined;
        }

        people[colleague.Id].Become(colleague);
        return null;
    }

    /// <summary>Somebody gets a step in hand.</summary>
    public void Give(DeskColleague colleague, WorkItem item)
    {
        colleague.TakeOn(item);
        colleague.LastGiven = ++given;
    }

    /// <summary>Who does a step together with those picked already: of its role, fit for it that day, with the least work; nobody when
    /// they are too few.</summary>
    public ImmutableArray<string> Pick(WorkItem item, ImmutableArray<string> picked, DateOnly day)
    {
        if (item.Hands == 0 || item.Role is null)
        {
            return [];
        }

        while (picked.Length < item.Hands)
        {
            DeskColleague? best = null;
            foreach (var colleague in OfRole(item.Role))
            {
                if ((best is null || Better(colleague, best, item.Prefer)) && colleague.Suits(item, day) && !picked.Contains(colleague.Id))
                {
                    best = colleague;
                }
            }

            if (best is null)
            {
                return [];
            }

            picked = picked.Add(best.Id);
        }

        return picked;
    }

    // In the order in which they joined.
    private DeskColleague[] OfRole(string role)
    {
        if (!ofRole.TryGetValue(role, out var colleagues))
        {
            ofRole.Add(role, colleagues = [.. people.Values.Where(c => c.Has(role))]);
        }

        return colleagues;
    }

    private static bool Better(DeskColleague one, DeskColleague other, string? prefer) =>
        one.Id == prefer
        || (
            other.Id != prefer
            && (one.Cases.Count < other.Cases.Count || (one.Cases.Count == other.Cases.Count && one.LastGiven < other.LastGiven))
        );
}
