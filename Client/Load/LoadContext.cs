using System.Collections.Concurrent;
using System.Diagnostics;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>What all cases of one run share: the town, the clock, the tally.</summary>
/// <param name="stopping">Ctrl-C: nothing more is begun or sent again.</param>
internal sealed class LoadContext(LiveTown live, LoadOrder order, CancellationToken stopping)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly DateTimeOffset begun = TimeProvider.System.GetUtcNow();

    public LiveTown Live => live;

    public LoadOrder Order => order;

    public CancellationToken Stopping => stopping;

    public LoadTally Tally { get; } = new();

    public Pushback Pushback { get; } = new();

    /// <summary>Cases of which more than one approver was told that theirs is the decision.</summary>
    public ConcurrentQueue<string> Doubles { get; } = new();

    /// <summary>From the beginning of the run.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>The moment that commands carry.</summary>
    public DateTimeOffset Now => begun + watch.Elapsed;

    /// <summary>A command has no answer, or nobody has the case. What Ctrl-C cuts off has not failed.</summary>
    public void Fail()
    {
        if (!stopping.IsCancellationRequested)
        {
            Tally.Fail();
        }
    }

    public void DecidedTwice(string number, string act) => Doubles.Enqueue($"{number} {act}");

    /// <summary>Waits until a moment of the run; not at all when it has passed.</summary>
    public Task UntilAsync(TimeSpan moment) => moment - Elapsed is { Ticks: > 0 } left ? PauseAsync(left) : Task.CompletedTask;

    /// <summary>Waits, but not longer than the run goes on.</summary>
    public async Task PauseAsync(TimeSpan pause) => await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>No answer: the command may have been done or not, and is sent again under its id.</summary>
    public bool IsFault(Exception e) => !stopping.IsCancellationRequested && e is not Halt;
}
