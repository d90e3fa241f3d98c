using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Work;

/// <summary>The one reminder that drives a live workplace's clocks (B5, E5). Only the live world has a wall clock; a simulated one is swept by its virtual calendar.</summary>
internal static partial class SweepReminder
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

    /// <summary>Tells the operator of cases whose limits nobody can count: their clocks stand until the calendar has the year.</summary>
    public static void Tell(Grain workplace, SweepResult swept)
    {
        if (!swept.Unclocked.IsEmpty)
        {
            var logger = workplace.GrainContext.ActivationServices.GetRequiredService<ILoggerFactory>().CreateLogger("TownReform.Clocks");
            CalendarTooShort(logger, workplace.GetPrimaryKeyString(), swept.Unclocked.Length, swept.Unclocked[0]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Workplace}: {Count} cases have limits past the working-day calendar (first {Case}); add the year to seeds/calendar and start again.")]
    private static partial void CalendarTooShort(ILogger logger, string workplace, int count, string @case);

    public static DateTimeOffset Moment(TickStatus tick) => new(DateTime.SpecifyKind(tick.CurrentTickTime, DateTimeKind.Utc));
}
