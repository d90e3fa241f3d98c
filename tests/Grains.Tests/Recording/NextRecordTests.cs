using TownReform.Grains.Recording;

namespace TownReform.Grains.Tests.Recording;

/// <summary>Who watches a stream holds up no silo that is told to stop.</summary>
public sealed class NextRecordTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Whoever_waits_goes_on_when_the_silo_is_told_to_stop()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new NextRecord(stop.Token).WaitAsync(Long).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_asks_while_it_stops_waits_a_moment_only()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var waiting = new NextRecord(stop.Token).WaitAsync(Long).AsTask();
        // Not at once: whoever asks over and over would keep the processor busy.
        waiting.IsCompleted.ShouldBeFalse();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_waits_goes_on_with_the_next_record()
    {
        var next = new NextRecord(CancellationToken.None);
        var waiting = next.WaitAsync(Long).AsTask();
        next.IsThere();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
