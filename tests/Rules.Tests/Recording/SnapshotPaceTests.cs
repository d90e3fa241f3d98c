using TownReform.Grains.Recording;

namespace TownReform.Rules.Tests.Recording;

public sealed class SnapshotPaceTests
{
    [Theory]
    [InlineData(0, 0, 64)]
    [InlineData(256, 0, 64)]
    [InlineData(260, 0, 65)]
    [InlineData(16_383, 0, 4095)]
    [InlineData(16_384, 0, 4096)]
    [InlineData(1_000_000, 0, 4096)]
    [InlineData(1_000_000, 4096 * 16, 4096)]
    [InlineData(1_000_000, (4097 * 16) - 1, 4096)]
    [InlineData(1_000_000, 4097 * 16, 4097)]
    [InlineData(1_000, 4097 * 16, 4097)]
    [InlineData(40_000, 1_000_000, 62_500)]
    public void Interval_QuarterOfTheStream_WithinBoundsThatALargeStateWidens(long version, int bytes, long records) =>
        SnapshotPace.Interval(version, bytes).ShouldBe(records);

    [Fact]
    public async Task IsDue_WhileOneIsWritten_IsNot()
    {
        var pace = new SnapshotPace();
        pace.Begin(100, 0);
        pace.IsDue(163).ShouldBeFalse();
        pace.IsDue(164).ShouldBeTrue();

        var written = new TaskCompletionSource<int>();
        pace.Write(164, Task.CompletedTask, () => written.Task);
        pace.IsDue(1000).ShouldBeFalse();
        written.SetResult(1);
        await pace.EndAsync(TestContext.Current.CancellationToken);
        pace.IsDue(227).ShouldBeFalse();
        pace.IsDue(228).ShouldBeTrue();
    }
}
