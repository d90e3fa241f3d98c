using TownReform.Client.Load;

namespace TownReform.Client.Tests.Load;

public sealed class ArrivalScheduleTests
{
    [Theory]
    [InlineData(20, 20, 30, 600)]
    [InlineData(10, 30, 10, 200)]
    [InlineData(30, 10, 10, 200)]
    [InlineData(0.5, 0.5, 1, 1)]
    public void Cases_OfARate_AreItsIntegral(double rate, double to, int seconds, long cases) =>
        new ArrivalSchedule(rate, to, TimeSpan.FromSeconds(seconds)).Cases.ShouldBe(cases);

    [Fact]
    public void At_ConstantRate_IsEvenlySpaced()
    {
        var schedule = new ArrivalSchedule(20, 20, TimeSpan.FromSeconds(30));
        schedule.At(0).ShouldBe(TimeSpan.Zero);
        schedule.At(19).TotalMilliseconds.ShouldBe(950, 0.001);
        schedule.At(20).TotalMilliseconds.ShouldBe(1000, 0.001);
        schedule.At(21).TotalMilliseconds.ShouldBe(1050, 0.001);
    }

    // From 10 to 30 a second over 10 s: 10 t + t² cases by t.
    [Theory]
    [InlineData(11, 1)]
    [InlineData(75, 5)]
    [InlineData(200, 10)]
    public void At_RisingRate_FollowsTheIntegral(long n, double seconds) =>
        new ArrivalSchedule(10, 30, TimeSpan.FromSeconds(10)).At(n).TotalSeconds.ShouldBe(seconds, 1e-6);

    [Fact]
    public void At_FallingRate_NeverGoesBack()
    {
        var schedule = new ArrivalSchedule(30, 0.001, TimeSpan.FromSeconds(10));
        var moments = Enumerable.Range(0, (int)schedule.Cases).Select(n => schedule.At(n)).ToArray();
        moments.ShouldBeInOrder(SortDirection.Ascending);
        moments[^1].ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
    }
}
