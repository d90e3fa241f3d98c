using TownReform.Client.Load;

namespace TownReform.Client.Tests.Load;

public sealed class KneeSearchTests
{
    [Theory]
    [InlineData(20, 1000)]
    [InlineData(20, 20)]
    [InlineData(5000, 137)]
    public async Task Find_SystemWithALimit_FindsItWithinTheStatedShare(double start, double limit)
    {
        var knee = await KneeSearch.FindAsync(start, 0.05, rate => Task.FromResult(rate <= limit));
        knee.ShouldNotBeNull().ShouldBeInRange(limit / 1.05, limit);
    }

    [Fact]
    public async Task Find_NothingMeets_GivesUpFarBelow()
    {
        var least = double.MaxValue;
        (await KneeSearch.FindAsync(100, 0.05, rate => Task.FromResult((least = rate) < 0))).ShouldBeNull();
        least.ShouldBeInRange(0.5, 1);
    }

    [Fact]
    public async Task Find_OneMissByChance_IsTriedAgain()
    {
        var tried = 0;
        var knee = await KneeSearch.FindAsync(100, 0.05, rate => Task.FromResult(++tried != 1 && rate <= 1000));
        knee.ShouldNotBeNull().ShouldBeInRange(950, 1000);
    }

    [Fact]
    public async Task Find_NoLimitAtAll_EndsAllTheSame() =>
        (await KneeSearch.FindAsync(1, 0.05, _ => Task.FromResult(true))).ShouldBe(Math.Pow(2, KneeSearch.Most - 1));
}
