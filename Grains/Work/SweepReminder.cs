using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Hosting;

namespace TownReform.Grains.Work;

/// <summary>The one reminder that drives a live workplace's clocks (B5, E5). Only the live world has a wall clock; a simulated one is swept
/// by its virtual calendar.</summary>
internal static partial class SweepReminder
{
    private const string Name = "sweep";
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>How often a workplace that is awake looks whether its reminder is still there.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>After this it looks again where reminders could not be read.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Registers it when it isn't there, without moving the next tick: on each activation and from time to time, so that a lost file of
    /// reminders heals itself.
    /// One that can't be read keeps nobody from working.
    /// </summary>
    public static async Task EnsureAsync(Grain workplace, string world)
    {
        if (world == Address.Live)
        {
            var first = await TryAsync(workplace) ? Look : Again;
            workplace.RegisterGrainTimer(() => TryAsync(workplace), new GrainTimerCreationOptions(first, Look) { Interleave = true });
        }
    }

    private static async Task<bool> TryAsync(Grain workplace)
    {
        try
        {
            if (await workplace.GetReminder(Name) is null)
            {
                await workplace.RegisterOrUpdateReminder(Name, Period, Period);
            }

            return true;
        }
        catch (Exception e)
        {
            NoReminder(LoggerOf(workplace, "TownReform.Reminders"), workplace.GetPrimaryKeyString(), e);
            return false;
        }
    }

    /// <summary>Tells the operator of cases whose limits nobody can count, as their clocks stand until the calendar has the year, and once
    /// of each that faults.</summary>
    public static void Tell(Grain workplace, SweepResult swept)
    {
        if (swept.Faulted.Where(c => !c.Known).ToArray() is [var first, ..] faulted)
        {
            CasesFaulted(LoggerOf(workplace, "TownReform.Clocks"), workplace.GetPrimaryKeyString(), faulted.Length, first.Case, first.Why);
        }

        if (!swept.Unclocked.IsEmpty)
        {
            CalendarTooShort(
                LoggerOf(workplace, "TownReform.Clocks"),
                workplace.GetPrimaryKeyString(),
                swept.Unclocked.Length,
                swept.Unclocked[0]
            );
        }
    }

    private static ILogger LoggerOf(Grain workplace, string category) =>
        workplace.GrainContext.ActivationServices.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Workplace}: {Count} cases have limits past the working-day calendar (first {Case}); add the year to seeds/calendar and "
            + "start again."
    )]
    private static partial void CalendarTooShort(ILogger logger, string workplace, int count, string @case);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Workplace}: {Count} cases could not be looked at, all others were (first {Case}: {Why}); see ./townreform audit verify "
            + "and audit check. Each look tries again and tells no more of them."
    )]
    private static partial void CasesFaulted(ILogger logger, string workplace, int count, string @case, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Workplace}: its hourly reminder can't be read or registered; it works all the same, and looks again."
    )]
    private static partial void NoReminder(ILogger logger, string workplace, Exception fault);

    /// <summary>When a tick is, by the silo's own clock where it has one: a practice town has another day than this machine.</summary>
    public static DateTimeOffset Moment(Reception reception, TickStatus tick) =>
        reception.Clock?.Now ?? new(DateTime.SpecifyKind(tick.CurrentTickTime, DateTimeKind.Utc));
}
