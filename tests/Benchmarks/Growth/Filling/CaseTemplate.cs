using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>A case that was taken through the product as far as it is copied, with the events that it has on record.</summary>
/// <param name="Actors">Who each event's command came from.</param>
internal sealed record CaseTemplate(string Town, ImmutableArray<CaseEvent> Events, ImmutableArray<Actor> Actors, bool Closed)
{
    /// <summary>Place of the event that asked for a certificate number and sent the filing copy; -1 when it hasn't come so far.</summary>
    public int Granted { get; } = Place(Events, e => e is ActTaken { Decides: true });

    private static int Place(ImmutableArray<CaseEvent> events, Func<CaseEvent, bool> sought)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (sought(events[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
