using System.Collections.Concurrent;
using System.Diagnostics;
using TownReform.Client.Live;

namespace TownReform.Client.Load;

/// <summary>What all cases of one run share: the town, the clock, the tally.</summary>
/// <param name="stopping">Ctrl-C: nothing more is begun or sent again.</param>
internal sealed class LoadContext(LiveTown live, ILoadTarget target, LoadOrder order, CancellationToken stopping)
{
    /// <summary>What has no answer by then has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>After this a call is taken for lost and made again: a machine that died answers nothing, and Orleans waits 30 s for
    /// it.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>All cases of the load meet a town that is away at once.</summary>
    private static readonly RetryPolicy Insistence = new(
        _ => true,
        firstPause: TimeSpan.FromMilliseconds(50),
        longestPause: TimeSpan.FromSeconds(2),
        Patience,
        spread: true
    );

    private readonly Stopwatch watch = Stopwatch.StartNew();

    public ILoadTarget Target => target;

    public LoadOrder Order => order;

    public CancellationToken Stopping => stopping;

    public LoadTally Tally { get; } = new();

    public Pushback Pushback { get; } = new();

    /// <summary>Cases of which more than one approver was told that theirs is the decision.</summary>
    public ConcurrentQueue<string> Doubles { get; } = new();

    /// <summary>The version that an act which decides names: the API asks for it, the grains don't.</summary>
    public long? SeenBy(CaseView view) => target is HttpTarget ? view.Version : null;

    /// <summary>From the beginning of the run.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>The moment that commands carry: by the town's clock, as it was met.</summary>
    public DateTimeOffset Now => live.Now;

    /// <summary>A command or a case's number has no answer, or nobody has the case. What Ctrl-C cuts off has not failed.</summary>
    public void Fail()
    {
        if (!stopping.IsCancellationRequested)
        {
            Tally.Fail();
        }
    }

    public void DecidedTwice(string number, string act) => Doubles.Enqueue($"{number} {act}");

    /// <summary>Waits until a moment of the run; not at all when it has passed.</summary>
    public async Task UntilAsync(TimeSpan moment)
    {
        // A pause ends up to a millisecond early; what is sent before its moment would be answered before it was asked.
        while (moment - Elapsed is { Ticks: > 0 } left && !stopping.IsCancellationRequested)
        {
            await PauseAsync(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
        }
    }

    /// <summary>Waits, but not longer than the run goes on.</summary>
    public async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// Asks until there is an answer, as every client should: after "busy" when the town says, and after a fault with longer and longer
    /// pauses. What has no answer may have been done or not, so a command is sent again under its id.
    /// </summary>
    /// <param name="since">Moment of the run from which patience is counted.</param>
    /// <returns>The answer, yes or no; null when there is none within patience, or before Ctrl-C.</returns>
    public async Task<Outcome<T>?> InsistAsync<T>(TimeSpan since, Func<Task<Outcome<T>>> ask)
        where T : class
    {
        var spent = Elapsed - since;
        if (spent >= Patience || stopping.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            var answer = await Insistence.RunAsync(() => AskAsync(ask), PauseAfter, spent, stopping);
            return BusyOf(answer) is null ? answer : null;
        }
        catch (Exception)
        {
            // Each was counted when it came.
            return null;
        }
    }

    private async Task<Outcome<T>> AskAsync<T>(Func<Task<Outcome<T>>> ask)
        where T : class
    {
        try
        {
            var answer = await ask().WaitAsync(AnswerWithin);
            if (BusyOf(answer) is not null)
            {
                Tally.SayBusy();
            }

            return answer;
        }
        catch (Exception)
        {
            Tally.Retry();
            throw;
        }
    }

    private TimeSpan? PauseAfter<T>(Outcome<T> answer)
        where T : class => BusyOf(answer) is { } busy ? Pushback.Note(busy, Elapsed) : null;

    private static Refusal? BusyOf<T>(Outcome<T> answer)
        where T : class => answer.Refusal is { Code: RefusalCode.Busy } busy ? busy : null;
}
