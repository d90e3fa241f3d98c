using System.Collections.Concurrent;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Neighbours;

/// <summary>The neighbours of the grains of each world, on this silo.</summary>
public interface INeighbourhood
{
    /// <param name="storage">The storage of the world. When the world is dropped, its neighbours are forgotten.</param>
    GrainNeighbours Of(WorldStorage storage);
}

/// <inheritdoc cref="INeighbourhood"/>
public sealed class Neighbourhood(IGrainFactory grains) : INeighbourhood
{
    private readonly ConcurrentDictionary<string, GrainNeighbours> worlds = new(StringComparer.Ordinal);

    public GrainNeighbours Of(WorldStorage storage) => worlds.TryGetValue(storage.World, out var known) ? known : Begin(storage);

    private GrainNeighbours Begin(WorldStorage storage)
    {
        var begun = new GrainNeighbours(storage.World, grains);
        var kept = worlds.GetOrAdd(storage.World, begun);
        if (ReferenceEquals(kept, begun))
        {
            storage.Dropped.UnsafeRegister(_ => worlds.TryRemove(KeyValuePair.Create(storage.World, begun)), null);
        }

        return kept;
    }
}
