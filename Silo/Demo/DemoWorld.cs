using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Silo.Demo;

/// <summary>A practice town (培训环境) that has work in it: the simulator's weeks of a scenario, as the live record of a folder.</summary>
/// <param name="Scenario">The scenario, with its days moved to the one on which the world opens.</param>
/// <param name="Opens">Moment at which its clock begins, in the towns' zone.</param>
public sealed record DemoWorld(Scenario Scenario, DateTimeOffset Opens)
{
    /// <summary>The scenario of the seeds that fills it.</summary>
    public const string Code = "demo";

    /// <summary>The draws of it; the same day gives the same world.</summary>
    public const long Seed = 1;

    private const int LongestHoliday = 14;

    /// <summary>In the middle of the morning: offices are open, and the night's post is on the desks.</summary>
    private static readonly TimeOnly Hour = new(10, 30);

    /// <summary>The world as it opens on a day: on the last working day before it where it is none, and within what the calendar and the
    /// plans have.</summary>
    /// <param name="on">The day; null for today.</param>
    /// <exception cref="TownReform.Grains.Seeds.Reading.SeedException">The scenario is broken, or the seeds have none.</exception>
    public static DemoWorld Of(SeedLibrary seeds, DateTimeOffset now, DateOnly? on = null)
    {
        var scenario = ScenarioLoader.Load(seeds, Code);
        var zone = seeds.Towns[scenario.Towns[0].Town].TimeZone;
        var opens = scenario.OpensOn ?? scenario.Until;
        var day = on ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

        // The run begins after the towns are founded; it goes on after the day, in what people have planned by then.
        var first = seeds.Towns.Values.Max(town => town.PlanDate).AddDays(1 + opens.DayNumber - scenario.From.DayNumber + LongestHoliday);
        var last = seeds.Calendar.LastDay.AddDays(opens.DayNumber - scenario.Until.DayNumber);
        day =
            day < first ? first
            : day > last ? last
            : day;
        while (!seeds.Calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        var local = day.ToDateTime(Hour);
        return new(ScenarioLoader.Load(seeds, Code, day.DayNumber - opens.DayNumber), new DateTimeOffset(local, zone.GetUtcOffset(local)));
    }
}
