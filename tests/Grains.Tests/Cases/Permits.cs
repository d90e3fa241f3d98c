using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Cases;

/// <summary>An ordinary permit of a real town, for tests of what any case must stand.</summary>
internal static class Permits
{
    /// <summary>A town in a world of its own, with one permit at its window.</summary>
    public static async Task<(TestTown Town, TestCase Permit)> OpenedAsync(CaseCluster cluster)
    {
        var town = await cluster.FoundAsync();
        return (town, await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), PureCase.Day));
    }

    /// <summary>A command that opens one, under an id of its own.</summary>
    public static OpenCase Opening(TestTown town) =>
        new(
            Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()),
            town.Plan.Code,
            "permit",
            town.Plan.Item("permit").Code,
            PureCase.Citizen,
            Green: false,
            Fields: []
        );

    /// <summary>Two answers say the same.</summary>
    public static void Same(CaseView one, CaseView other)
    {
        one.Officers.ShouldBe(other.Officers);
        one.Fields.ShouldBe(other.Fields);
        (one with { Officers = [], Fields = [] }).ShouldBe(other with { Officers = [], Fields = [] });
    }
}
