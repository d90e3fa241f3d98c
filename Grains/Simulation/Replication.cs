using System.Collections.Immutable;
using TownReform.Grains.Journal.Memory;

namespace TownReform.Grains.Simulation;

/// <summary>One replication from the first morning to the last evening: founds the towns in their own world, lets virtual time pass, and
/// tells how the world ended.</summary>
internal sealed class Replication : ICaseFollower
{
    private readonly Stage stage;
    private readonly CaseFlow flow;
    private readonly DeskWork desks;
    private readonly Arrivals arrivals;
    private readonly MatterHappenings happenings;
    private readonly RequestResults requests;
    private readonly Deliveries deliveries;
    private readonly StaffLeave leave;
    private readonly YearlyAssessment assessment;
    private readonly DayClosing dayClosing;
    private readonly int number;
    private bool folds = true;

    /// <summary>Hour at which the day opens: sweeps, arrivals, people at their desks.</summary>
    internal static readonly TimeOnly Morning = new(8, 0);

    /// <param name="lying">Work that is left lying; null for none.</param>
    public Replication(Stage stage, int number, LeftLying? lying = null)
    {
        (this.stage, this.number) = (stage, number);
        var hours = new PartyHours(stage.Scenario, stage.Seeds.Calendar);
        var choices = new ChoiceMaking(stage.Scenario, stage.Seeds.Law, stage.Seeds.Calendar, stage.Clock, hours, lying);
        flow = new CaseFlow(stage, choices, this);
        desks = new DeskWork(stage, flow, choices);
        dayClosing = new DayClosing(stage, desks);
        var (turns, present) = (new OfficerTurns(stage), new PresentStaff(stage));
        arrivals = new Arrivals(stage, flow, choices, hours, turns);
        requests = new RequestResults(stage);
        happenings = new MatterHappenings(stage, flow, choices, turns, requests);
        deliveries = new Deliveries(stage, flow, new CountyFilings(stage, hours));
        leave = new StaffLeave(stage, flow, present);
        assessment = new YearlyAssessment(stage, present);
    }

    public ReplicationProgress Progress { get; private set; } =
        new(Number: 0, Day: default, Share: 0, Open: 0, Done: 0, Commands: 0, Finished: false);

    /// <param name="without">Kinds of items that stay with the county.</param>
    public async Task RunAsync(ImmutableArray<string> without, CancellationToken cancellation)
    {
        await RunAsync(
            () => new SimulatedFounding(stage).FoundAsync(without),
            stage.Scenario.Until.ToDateTime(new TimeOnly(23, 59, 59)),
            null,
            cancellation
        );
        TellOpen(stage.Scenario.Until);
        Report(finished: true);
    }

    /// <summary>Has virtual time pass up to a moment, at which the world is looked into: all of its records stay, and the results are those
    /// up to that moment.</summary>
    /// <param name="without">Kinds of items that stay with the county.</param>
    /// <param name="moment">Local time.</param>
    public async Task HoldAsync(ImmutableArray<string> without, DateTime moment, CancellationToken cancellation)
    {
        folds = false;
        await RunAsync(() => new SimulatedFounding(stage).FoundAsync(without), moment, null, cancellation);
        TellOpen(DateOnly.FromDateTime(moment));
    }

    /// <summary>Has virtual time pass up to a moment and leaves the world as it stands then.</summary>
    /// <param name="found">Founds the towns.</param>
    /// <param name="end">Local time of the last thing that happens.</param>
    /// <param name="moved">Told each moment before what happens then.</param>
    public async Task RunAsync(Func<Task> found, DateTime end, Action<DateTimeOffset>? moved, CancellationToken cancellation)
    {
        var (from, until) = (stage.Scenario.From, stage.Scenario.Until);
        stage.Clock.Schedule(from.ToDateTime(new TimeOnly(7, 0)), () => BeginAsync(found));
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            stage.Clock.Schedule(day.ToDateTime(Morning), OpenDayAsync);
            stage.Clock.Schedule(day.ToDateTime(TimeOnly.MinValue).AddMinutes(stage.Scenario.Hours.Closes), CloseDay);
        }

        foreach (var plan in stage.Towns)
        {
            leave.Schedule(plan);
            assessment.Schedule(plan);
        }

        happenings.Schedule();
        while (stage.Clock.Next(end) is { } happens)
        {
            cancellation.ThrowIfCancellationRequested();
            moved?.Invoke(stage.Clock.At);
            await happens();
        }
    }

    private async Task BeginAsync(Func<Task> found)
    {
        await found();
        new SimulatedOffices(stage).AddAll();
        await flow.DeliverAsync();
    }

    private async Task OpenDayAsync()
    {
        foreach (var office in stage.Offices)
        {
            desks.StopAway(office);
        }

        // A department above the town without a case has no clock to look at; the town's own also wait for powers and absences.
        foreach (var office in stage.Offices.Where(o => o.Watched > 0 || o.Plan.IsOwn(o.Key)))
        {
            var swept = await office.Grain.SweepAsync(stage.Clock.At);
            await flow.DeliverAsync();
            foreach (var caseNumber in swept.Checked.Concat(swept.HandedOver))
            {
                await flow.RefreshAsync(caseNumber);
            }
        }

        arrivals.Today();
        if (stage.Seeds.Calendar.IsWorkingDay(stage.Clock.Today))
        {
            foreach (var @case in stage.Cases.Values)
            {
                @case.Barred.Clear();
            }

            foreach (var office in stage.Offices)
            {
                await desks.OpenDayAsync(office);
            }
        }

        Report(finished: false);
    }

    private Task CloseDay()
    {
        var day = stage.Clock.Today;
        if (!stage.Seeds.Calendar.IsWorkingDay(day))
        {
            return Task.CompletedTask;
        }

        dayClosing.Tell();

        // The day's ended cases have told everything; their records are checked and leave memory.
        if (folds)
        {
            (stage.Storage.Journal as MemoryWorld)?.Fold();
        }

        return Task.CompletedTask;
    }

    ValueTask ICaseFollower.ArrivedAsync(SimulatedOffice office, string officer) => desks.WakeAsync(office, officer);

    void ICaseFollower.Interrupted(DeskTask task) => desks.Stop(task);

    void ICaseFollower.Ended(SimulatedCase @case) => requests.Ended(@case);

    ValueTask ICaseFollower.DeliveredAsync(Delivery delivery) => deliveries.FollowAsync(delivery);

    private void TellOpen(DateOnly last)
    {
        requests.TellRunning();
        foreach (var @case in stage.Cases.Values.OrderBy(c => c.Number, StringComparer.Ordinal))
        {
            stage.Sink.Finished(CaseRows.Record(@case, last, stage.Seeds.Calendar));
            dayClosing.TellWaiting(@case);
        }
    }

    private void Report(bool finished)
    {
        var (from, until) = (stage.Scenario.From, stage.Scenario.Until);
        var share = finished
            ? 1
            : (double)(stage.Clock.Today.DayNumber - from.DayNumber) / Math.Max(1, until.DayNumber - from.DayNumber + 1);
        Progress = new ReplicationProgress(
            Number: number,
            Day: stage.Clock.Today,
            Share: share,
            Open: stage.Cases.Count,
            Done: stage.Ended,
            Commands: stage.Commands,
            Finished: finished
        );
    }
}
