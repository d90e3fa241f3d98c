namespace TownReform.Grains.Simulation.Results;

/// <summary>Counts one workplace's days and its people's work.</summary>
internal sealed class WorkplaceTally(string town, RunFrame frame)
{
    private readonly double[] present = new double[frame.Weeks];
    private readonly double[] busy = new double[frame.Weeks];
    private int people;
    private int days;
    private long personDays;
    private long absentDays;
    private long waiting;
    private int maxWaiting;

    public long Tasks { get; set; }

    public void Add(in WorkplaceDay day)
    {
        var week = frame.WeekOf(day.Day);
        present[week] += day.PresentMinutes;
        busy[week] += day.BusyMinutes;
        people = day.People;
        days++;
        personDays += day.People;
        absentDays += day.Absent;
        waiting += day.Waiting;
        maxWaiting = Math.Max(maxWaiting, day.Waiting);
    }

    public WorkplaceCounts Close(string workplace) =>
        new(
            Town: town,
            Workplace: workplace,
            People: people,
            Days: days,
            PersonDays: personDays,
            AbsentDays: absentDays,
            Waiting: waiting,
            MaxWaiting: maxWaiting,
            Tasks: Tasks,
            PresentMinutes: [.. present],
            BusyMinutes: [.. busy]
        );
}
