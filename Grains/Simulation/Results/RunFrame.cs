namespace TownReform.Grains.Simulation.Results;

/// <summary>The span that a run covers, cut into weeks that begin on Monday.</summary>
/// <param name="First">First day of the run, in the towns' zone.</param>
/// <param name="Last">Last day of the run.</param>
/// <param name="Zone">Turns a moment into the towns' day.</param>
public sealed record RunFrame(DateOnly First, DateOnly Last, TimeZoneInfo Zone)
{
    public DateOnly FirstWeek { get; } = Monday(First);

    public int Weeks { get; } = ((Monday(Last).DayNumber - Monday(First).DayNumber) / 7) + 1;

    public DateOnly Week(int index) => FirstWeek.AddDays(7 * index);

    public int WeekOf(DateTimeOffset at) => WeekOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime));

    /// <summary>Index of the day's week. What lies outside the run (a case that an evening's work ended after midnight of the last day)
    /// counts to its nearest week.</summary>
    public int WeekOf(DateOnly day) => Math.Clamp((day.DayNumber - FirstWeek.DayNumber) / 7, 0, Weeks - 1);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
