namespace TownReform.Grains.Hosting;

/// <summary>
/// How many commands of clients a silo has under way at most. Beyond that a command is told at once that the town is busy, before anything
/// is
/// asked or recorded: a command that waits too long helps nobody, and costs as much as one that is in time. A command that begins a case
/// finds
/// room only in the first half: under overload those who were let in get through, instead of all waiting half-way.
/// </summary>
/// <param name="most">Commands begun and not answered, at most; at least 1.</param>
public sealed class Admission(int most, TimeProvider time)
{
    /// <summary>Shortest and longest wait that a client is asked for.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20),
        Longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private readonly Lock measuring = new();
    private int underWay;
    private long answered;
    private long answeredBefore;
    private long since = time.GetTimestamp();
    private double rate;

    /// <summary>Commands begun and not answered.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    private int MostToBegin => (most + 1) / 2;

    /// <summary>Has a grain answer a command, or tells at once that the town is busy.</summary>
    public Task<Outcome<TView>> AnswerAsync<TGrain, TCommand, TView>(
        TGrain grain,
        TCommand command,
        Func<TGrain, TCommand, Task<Outcome<TView>>> answer
    )
        where TView : class => AnswerAsync(Enter(), grain, command, answer);

    /// <summary>The same for a command that begins something which more commands will follow.</summary>
    public Task<Outcome<TView>> BeginAsync<TGrain, TCommand, TView>(
        TGrain grain,
        TCommand command,
        Func<TGrain, TCommand, Task<Outcome<TView>>> answer
    )
        where TView : class => AnswerAsync(EnterToBegin(), grain, command, answer);

    /// <summary>Lets a command in; who was let in leaves again with <see cref="Leave"/>.</summary>
    /// <returns>Null, or the refusal with the time after which there is likely room.</returns>
    public Refusal? Enter() => Enter(most);

    /// <summary>The same for a command that begins something.</summary>
    public Refusal? EnterToBegin() => Enter(MostToBegin);

    public void Leave()
    {
        Interlocked.Decrement(ref underWay);
        Interlocked.Increment(ref answered);
    }

    // Who leaves is counted beside the answer, not around it: a state machine around it would cost each command three objects and a turn.
    private Task<Outcome<TView>> AnswerAsync<TGrain, TCommand, TView>(
        Refusal? busy,
        TGrain grain,
        TCommand command,
        Func<TGrain, TCommand, Task<Outcome<TView>>> answer
    )
        where TView : class
    {
        if (busy is not null)
        {
            TownMetrics.Answer(busy);
            return Task.FromResult<Outcome<TView>>(busy);
        }

        Task<Outcome<TView>> answering;
        try
        {
            answering = answer(grain, command);
        }
        catch
        {
            Leave();
            throw;
        }

        _ = answering.ContinueWith(
            Answered,
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        return answering;
    }

    private Refusal? Enter(int room)
    {
        if (Interlocked.Increment(ref underWay) <= room)
        {
            return null;
        }

        Interlocked.Decrement(ref underWay);
        return Busy.After(Wait());
    }

    private static void Answered<TView>(Task<Outcome<TView>> answering, object? admission)
        where TView : class
    {
        ((Admission)admission!).Leave();
        if (answering.IsCompletedSuccessfully)
        {
            TownMetrics.Answer(answering.Result.Refusal);
        }
    }

    // As many as are let in take their number by the rate of answers; who would begin waits no less, or comes twice as often to be turned
    // away. Without
    // a rate yet, the shortest wait.
    private TimeSpan Wait()
    {
        lock (measuring)
        {
            var (now, count) = (time.GetTimestamp(), Interlocked.Read(ref answered));
            if (time.GetElapsedTime(since, now) is var passed && passed >= Window)
            {
                rate = (count - answeredBefore) / passed.TotalSeconds;
                (since, answeredBefore) = (now, count);
            }

            var wait = rate > 0 ? TimeSpan.FromSeconds(most / rate) : Shortest;
            return wait < Shortest ? Shortest
                : wait > Longest ? Longest
                : wait;
        }
    }
}
