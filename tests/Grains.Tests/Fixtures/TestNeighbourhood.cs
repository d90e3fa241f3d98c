using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>Neighbours as on one silo; in worlds whose grains live apart (<see cref="TestWorlds.Apart"/>) each grain has its own, and finds
/// nobody at hand.</summary>
internal sealed class TestNeighbourhood(IGrainFactory grains) : INeighbourhood
{
    private readonly Neighbourhood together = new(grains);

    public GrainNeighbours Of(WorldStorage storage) =>
        TestWorlds.IsApart(storage.World) ? new GrainNeighbours(storage.World, grains) : together.Of(storage);
}
