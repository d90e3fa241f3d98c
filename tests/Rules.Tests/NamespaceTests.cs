using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>Folders of the product depend on each other one way: no namespace is reached again from what it uses.</summary>
public sealed class NamespaceTests
{
    private const string Root = "TownReform.Grains";

    /// <summary>Below the journal's contract its stores, their audit and the outbox know each other; their next order is decided with that
    /// of storage (issue 18, part 5).</summary>
    private static readonly string[] Stores =
    [
        $"{Root}.Journal.Audit",
        $"{Root}.Journal.Memory",
        $"{Root}.Journal.Outbox",
        $"{Root}.Journal.Postgres",
        $"{Root}.Journal.Redo",
        $"{Root}.Journal.Snapshots",
        $"{Root}.Journal.Sqlite",
        $"{Root}.Journal.Sqlite.Redo",
        $"{Root}.Journal.Storage",
    ];

    [Fact]
    public void Namespaces_OfGrains_FormNoCircle() =>
        Circles().Where(use => !Stores.Contains(use.From) || !Stores.Contains(use.To)).ShouldBeEmpty();

    /// <summary>An exception that is no longer needed is taken out.</summary>
    [Fact]
    public void Namespaces_ThatAreExcepted_StillNeedIt()
    {
        var circles = Circles();
        Stores.Where(name => !circles.Any(use => use.From == name)).ShouldBeEmpty();
    }

    private static List<(string From, string To, string Types)> Circles() =>
        [.. NamespaceCircles.Of(typeof(CaseRules).Assembly.Location, Root, RealSeeds.Sources("Grains")).Find()];
}
