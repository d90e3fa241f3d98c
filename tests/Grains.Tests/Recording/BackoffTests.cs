using TownReform.Grains.Hosting;

namespace TownReform.Grains.Tests.Recording;

public sealed class BackoffTests
{
    [Fact]
    public void Failed_AgainAndAgain_DoublesUpToTheLongest()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));
        Waits(backoff, 6).ShouldBe([2, 4, 8, 15, 15, 15]);
    }

    [Fact]
    public void Failed_AfterItWorked_BeginsAgain()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));
        _ = Waits(backoff, 3);
        backoff.Worked();
        Waits(backoff, 2).ShouldBe([2, 4]);
    }

    [Fact]
    public void Failed_LongestBelowTheFirst_WaitsTheLongest() =>
        Waits(new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)), 2).ShouldBe([1, 1]);

    private static double[] Waits(Backoff backoff, int times) => [.. Enumerable.Range(0, times).Select(_ => backoff.Failed().TotalSeconds)];
}
