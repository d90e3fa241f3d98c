using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Audit.EndState;

/// <summary>What was published of a town's powers by a moment: a decision is judged by what could be known when it was made, not by what
/// was ordered later for an earlier day (A4).</summary>
internal sealed class PublishedPowers
{
    private readonly Dictionary<(string Town, string Item), List<(DateTimeOffset Published, PowerEntry Entry)>> histories = [];

    /// <summary>An event of a town's catalogue.</summary>
    public void Take(string town, JournalRecord record, CatalogueEvent happened)
    {
        var published = record.ReceivedAt ?? record.At;
        switch (happened)
        {
            case CatalogueFounded it:
                foreach (var item in it.Items)
                {
                    Add(town, item, published, new PowerEntry(1, PowerStanding.InForce, it.InForceFrom, null));
                }

                break;
            case PowerAdjusted it:
                Add(town, it.Item, published, it.Entry);
                break;
            default:
                break;
        }
    }

    /// <summary>How the town stood to an item on a day, as published by a moment; null where its catalogue says nothing of the
    /// item.</summary>
    public PowerStanding? On(string town, string item, DateOnly day, DateTimeOffset by)
    {
        if (!histories.TryGetValue((town, item), out var history))
        {
            return null;
        }

        var standing = PowerStanding.NotHeld;
        foreach (var (published, entry) in history)
        {
            if (published <= by && entry.From <= day)
            {
                standing = entry.Standing;
            }
        }

        return standing;
    }

    private void Add(string town, string item, DateTimeOffset published, PowerEntry entry)
    {
        if (!histories.TryGetValue((town, item), out var history))
        {
            histories.Add((town, item), history = []);
        }

        history.Add((published, entry));
    }
}
