using TownReform.Grains.Recording;

namespace TownReform.Rules.Tests.Recording;

public sealed class DerivedIdsTests
{
    private static readonly Guid Parent = new(7, 0, 0, new byte[8]);

    // Durable: a founding that crashed under an older build is continued under the same ids.
    [Fact]
    public void Of_ParentAndOrdinal_NeverChanges() => DerivedIds.Of(Parent, 1).ToString().ShouldBe("14ed6927-f7aa-8ec9-9966-fcf06ddb1e12");

    [Fact]
    public void Of_EverySource_IsDistinct()
    {
        Guid[] ids =
        [
            .. Enumerable.Range(0, 100).Select(n => DerivedIds.Of(Parent, n)),
            DerivedIds.Of(new EffectId("case/A", 1, 0)),
            DerivedIds.Of(new EffectId("case/A", 1, 1)),
            DerivedIds.Of(new EffectId("case/A", 2, 0)),
            DerivedIds.Of(new EffectId("case/B", 1, 0)),
            DerivedIds.Of("case/A", 1),
        ];
        ids.ShouldBeUnique();
    }

    [Fact]
    public void Of_Anything_IsAUuidOfVersionEight() => DerivedIds.Of(Parent, 1).Version.ShouldBe(8);
}
