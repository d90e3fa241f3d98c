namespace TownReform.Grains.Tests.Recording;

/// <summary>Pauses, patience and what passes, by a clock whose pauses are over at once and count.</summary>
public sealed class RetryPolicyTests
{
    private readonly SkippingTime time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SucceedsAtOnce_WaitsForNothing()
    {
        (await Policy().RunAsync(() => Task.FromResult(7), cancellation: Stop)).ShouldBe(7);
        time.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_FailsAgainAndAgain_PausesTwiceAsLongUpToTheLongest()
    {
        (await Policy().RunAsync(Failing(6), cancellation: Stop)).ShouldBe(7);
        time.Seconds.ShouldBe([2, 4, 8, 15, 15, 15]);
    }

    [Fact]
    public async Task Run_FailsForAVeryLongTime_StillPausesTheLongest()
    {
        (await Policy(patience: TimeSpan.MaxValue).RunAsync(Failing(1100), cancellation: Stop)).ShouldBe(7);
        time.Seconds.Skip(3).ShouldAllBe(pause => pause == 15);
    }

    [Fact]
    public async Task Run_FaultThatDoesNotPass_IsThrownAtOnce()
    {
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Policy().RunAsync<int>(() => throw new InvalidOperationException(), cancellation: Stop)
        );
        await Should.ThrowAsync<InvalidOperationException>(() =>
            Policy().RunAsync(Failing(1, then: new InvalidOperationException()), cancellation: Stop)
        );
        time.Seconds.ShouldBe([2]);
    }

    // The fourth pause may be as long as 15 s: it would begin after 14 s and end after 29.
    [Theory]
    [InlineData(28, 3)]
    [InlineData(29, 3)]
    [InlineData(29.001, 4)]
    public async Task Run_PatienceEnds_ThrowsTheLastFault(double patience, int pauses)
    {
        var fault = await Should.ThrowAsync<TimeoutException>(() =>
            Policy(patience: TimeSpan.FromSeconds(patience)).RunAsync(Failing(100), cancellation: Stop)
        );
        (fault.Message, time.Pauses.Count).ShouldBe(($"{pauses + 1}", pauses));
    }

    [Fact]
    public async Task Run_PatienceIsSpent_TriesOnce()
    {
        var policy = Policy(patience: TimeSpan.FromMinutes(1));
        await Should.ThrowAsync<TimeoutException>(() => policy.RunAsync(Failing(1), spent: TimeSpan.FromSeconds(45), cancellation: Stop));
        (await policy.RunAsync(Failing(1), spent: TimeSpan.FromSeconds(44), cancellation: Stop)).ShouldBe(7);
    }

    [Fact]
    public async Task Run_AttemptsAreUsedUp_ThrowsTheLastFault()
    {
        (await Should.ThrowAsync<TimeoutException>(() => Policy(most: 3).RunAsync(Failing(3), cancellation: Stop))).Message.ShouldBe("3");
        (await Policy(most: 3).RunAsync(Failing(2), cancellation: Stop)).ShouldBe(7);
    }

    [Fact]
    public async Task Run_ResultIsNotFinal_PausesAsLongAsItSays()
    {
        var results = 0;
        (await Policy().RunAsync(() => Task.FromResult(++results), PauseUnlessFour, cancellation: Stop)).ShouldBe(4);
        time.Seconds.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Run_ResultIsNotFinalWithinPatience_IsTheLastResult()
    {
        var results = 0;
        (
            await Policy(patience: TimeSpan.FromSeconds(3.5))
                .RunAsync(() => Task.FromResult(++results), PauseUnlessFour, cancellation: Stop)
        ).ShouldBe(3);
    }

    // A town that is busy for long and then away for a moment is asked again soon.
    [Fact]
    public async Task Run_FaultAfterResultsThatAreNotFinal_PausesTheFirst()
    {
        var results = 0;
        await Policy()
            .RunAsync(() => ++results == 3 ? throw new TimeoutException() : Task.FromResult(results), PauseUnlessFour, cancellation: Stop);
        time.Seconds.ShouldBe([1, 2, 2]);
    }

    [Fact]
    public async Task Run_CancelledInAPause_TriesNoMore()
    {
        using var stopping = new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token, Stop);
        var policy = new RetryPolicy(_ => true, TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        var (tried, failed) = (0, new TaskCompletionSource());
        var running = policy.RunAsync<int>(
            () =>
            {
                tried++;
                failed.TrySetResult();
                throw new TimeoutException();
            },
            cancellation: both.Token
        );
        await failed.Task;
        await stopping.CancelAsync();
        await Should.ThrowAsync<Exception>(() => running);
        tried.ShouldBe(1);
    }

    [Fact]
    public async Task Run_PausesAreSpread_TheyDifferAndStayBelowTheLongest()
    {
        var policy = Policy(patience: TimeSpan.MaxValue, spread: true);
        for (var client = 0; client < 20; client++)
        {
            await policy.RunAsync(Failing(1), cancellation: Stop);
        }

        time.Seconds.Distinct().Count().ShouldBeGreaterThan(10);
        await policy.RunAsync(Failing(50), cancellation: Stop);
        time.Seconds.ShouldAllBe(pause => pause >= 0 && pause <= 15);
    }

    [Fact]
    public async Task RunAgain_AfterAFaultOfTheCaller_PausesFirst()
    {
        var failing = Failing(1);
        await Policy().RunAgainAsync(new TimeoutException(), () => failing(), TimeSpan.Zero);
        time.Seconds.ShouldBe([2, 4]);

        var fault = new TimeoutException("the caller's");
        var spent = Policy(patience: TimeSpan.FromSeconds(20)).RunAgainAsync(fault, () => failing(), TimeSpan.FromSeconds(5));
        (await Should.ThrowAsync<TimeoutException>(() => spent)).ShouldBeSameAs(fault);
    }

    private static TimeSpan? PauseUnlessFour(int result) => result == 4 ? null : TimeSpan.FromSeconds(result);

    private static Func<Task<int>> Failing(int times, Exception? then = null)
    {
        var tried = 0;
        return () =>
            ++tried <= times ? Task.FromException<int>(new TimeoutException($"{tried}"))
            : then is null ? Task.FromResult(7)
            : Task.FromException<int>(then);
    }

    private RetryPolicy Policy(TimeSpan? patience = null, bool spread = false, int most = int.MaxValue) =>
        new(
            fault => fault is TimeoutException,
            firstPause: TimeSpan.FromSeconds(2),
            longestPause: TimeSpan.FromSeconds(15),
            patience ?? TimeSpan.FromMinutes(5),
            spread,
            most,
            time
        );

    private sealed class SkippingTime : TimeProvider
    {
        private long now;

        public List<TimeSpan> Pauses { get; } = [];

        public IEnumerable<double> Seconds => Pauses.Select(pause => pause.TotalSeconds);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            now += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
