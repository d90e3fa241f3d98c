using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>Folders of the product depend on each other one way: no namespace is reached again from what it uses.</summary>
public sealed class NamespaceTests
{
    private const string Root = "TownReform.Grains";

    [Fact]
    public void Namespaces_OfGrains_FormNoCircle() => Circles().ShouldBeEmpty();

    private static List<(string From, string To, string Types)> Circles() =>
        [.. NamespaceCircles.Of(typeof(CaseRules).Assembly.Location, Root, RealSeeds.Sources("Grains")).Find()];
}
