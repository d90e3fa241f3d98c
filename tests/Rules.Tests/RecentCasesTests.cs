using TownReform.Grains.Rules;

namespace TownReform.Rules.Tests;

public sealed class RecentCasesTests
{
    private const int TwoGenerations = RecentCases.Least * 2;

    [Theory]
    [InlineData(TwoGenerations - 1, TwoGenerations - 1)]
    [InlineData(TwoGenerations, RecentCases.Least)]
    [InlineData(TwoGenerations + 1, RecentCases.Least + 1)]
    public void With_AroundTheBound_KeepsTheLatest(int count, int kept)
    {
        var recent = Enumerable.Range(0, count).Aggregate(RecentCases.Of<string>(), (r, n) => r.With($"C-{n}", $"{n}"));
        recent
            .All()
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(count - kept, kept).Select(n => $"{n}").Order(StringComparer.Ordinal));
        recent.Find($"C-{count - kept}").ShouldBe($"{count - kept}");
        recent.Find($"C-{count - kept - 1}").ShouldBeNull();
    }

    [Fact]
    public void With_SameCaseAgain_IsAmongTheLatestOnce()
    {
        var recent = Enumerable
            .Range(0, RecentCases.Least)
            .Aggregate(RecentCases.Of<string>(), (r, n) => r.With($"C-{n}", "first"))
            .With("C-0", "second");
        recent.Find("C-0").ShouldBe("second");
        recent.All().Count().ShouldBe(RecentCases.Least);
        recent.Without("C-0").Find("C-0").ShouldBeNull();
    }
}
