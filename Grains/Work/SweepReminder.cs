namespace TownReform.Grains.Work;

/// <summary>The one reminder that drives a live workplace's clocks (B5, E5). Only the live world has a wall clock; a simulated one is swept by its virtual calendar.</summary>
internal static class SweepReminder
{
    private const string Name = "sweep";
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Registers it when it isn't there: on each activation, so that a lost reminder file heals itself, and without moving the next tick.</summary>
    public static async Task EnsureAsync(Grain workplace, string world)
    {
        if (world == Address.Live && await workplace.GetReminder(Name) is null)
        {
            await workplace.RegisterOrUpdateReminder(Name, Period, Period);
        }
    }

    public static DateTimeOffset Moment(TickStatus tick) => new(DateTime.SpecifyKind(tick.CurrentTickTime, DateTimeKind.Utc));
}
