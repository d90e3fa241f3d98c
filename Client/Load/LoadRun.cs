namespace TownReform.Client.Load;

/// <summary>Puts one load on the town and waits until the last case that was begun has ended.</summary>
internal sealed class LoadRun(LoadContext context)
{
    /// <summary>Cases under way at most: an open loop against a town that has stopped must not eat this machine.</summary>
    private const int Most = 50_000;

    private int underWay;

    public LoadContext Context => context;

    public int UnderWay => Volatile.Read(ref underWay);

    /// <returns>The figures; also after Ctrl-C, of what was done until then.</returns>
    public async Task<LoadFigures> RunAsync()
    {
        await (context.Order.Schedule is { } schedule ? OpenAsync(schedule) : ClosedAsync());
        return context.Tally.Figures(context.Elapsed);
    }

    private async Task OpenAsync(ArrivalSchedule schedule)
    {
        var cases = new List<Task>();
        for (long n = 0; n < schedule.Cases && !context.Stopping.IsCancellationRequested; n++)
        {
            var arrival = schedule.At(n);
            await context.UntilAsync(arrival);
            context.Tally.Arrive();
            if (context.Pushback.IsOn(context.Elapsed) || UnderWay >= Most)
            {
                context.Tally.Hold();
                continue;
            }

            // Not on this loop: what a case does first must not delay the arrival of the next.
            var place = n;
            cases.Add(Task.Run(() => CaseAsync(place, arrival), CancellationToken.None));
            if (cases.Count >= Most)
            {
                cases.RemoveAll(task => task.IsCompletedSuccessfully);
            }
        }

        await Task.WhenAll(cases);
    }

    private Task ClosedAsync()
    {
        long next = -1;
        return Task.WhenAll(
            Enumerable
                .Range(0, context.Order.Concurrency)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (context.Elapsed < context.Order.Duration && !context.Stopping.IsCancellationRequested)
                        {
                            context.Tally.Arrive();
                            await CaseAsync(Interlocked.Increment(ref next), context.Elapsed);
                        }
                    })
                )
        );
    }

    private async Task CaseAsync(long n, TimeSpan arrival)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            await new CaseRun(context, context.Order.ScriptOf(n)).RunAsync(arrival);
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
