using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Tests.Simulation.Results;

public sealed class CycleTimesTests
{
    [Fact]
    public void Percentile_NoTimes_IsNull() => new CycleTimes().Percentile(50).ShouldBeNull();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public void Percentile_OneTime_IsThatTime(int percent) => Of(3).Percentile(percent).ShouldBe(3);

    [Theory]
    [InlineData(49, 5)]
    [InlineData(50, 5)]
    [InlineData(51, 6)]
    [InlineData(90, 9)]
    [InlineData(91, 10)]
    [InlineData(100, 10)]
    [InlineData(1, 1)]
    public void Percentile_TenTimes_IsTheNearestRank(int percent, double days) =>
        Of(10, 1, 9, 2, 8, 3, 7, 4, 6, 5).Percentile(percent).ShouldBe(days);

    [Theory]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(21, 20)]
    public void Percentile_95OfAboutTwenty_StepsAtTheRank(int count, double days) =>
        Of([.. Enumerable.Range(1, count).Select(d => (double)d)]).Percentile(95).ShouldBe(days);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Percentile_OutsideOneToHundred_IsABug(int percent) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Of(1).Percentile(percent));

    [Theory]
    [InlineData(-1, 0.00)]
    [InlineData(0, 0.01)]
    [InlineData(1, 0.01)]
    public void Days_AroundHalfAHundredth_RoundsHalfUp(long ticks, double days) =>
        CycleTimes.Days(new TimeSpan((TimeSpan.TicksPerDay / 200) + ticks)).ShouldBe(days);

    [Fact]
    public void Add_NegativeTime_IsABug() => Should.Throw<ArgumentOutOfRangeException>(() => Of(-1));

    [Fact]
    public void Close_ThenAdd_KeepsEveryTime()
    {
        var again = new CycleTimes();
        again.Add(Of(1, 2, 2, 3).Close());
        again.Add(Of(9).Close());

        again.Total.ShouldBe(5);
        again.Percentile(60).ShouldBe(2);
        again.Percentile(100).ShouldBe(9);
    }

    private static CycleTimes Of(params double[] days)
    {
        var times = new CycleTimes();
        foreach (var day in days)
        {
            times.Add(TimeSpan.FromDays(day));
        }

        return times;
    }
}
