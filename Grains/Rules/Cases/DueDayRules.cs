namespace TownReform.Grains.Rules.Cases;

/// <summary>Due days that other seeds move: another calendar, another law.</summary>
public static class DueDayRules
{
    private const int MostDaysTold = 10;

    /// <summary>A due day that has moved with other seeds: what it was, what it is, and which days between the step's begin and the later
    /// of both made it so.</summary>
    /// <param name="at">When it is recorded.</param>
    public static DueDayMoved Follow(CaseFile file, FollowDueDay command, DateTimeOffset at, CaseFacts facts)
    {
        var reading = ClockRules.Look(file, facts.Procedure.Steps.GetValueOrDefault(file.Step), facts.Day, facts.Calendar, facts.Law);
        var from = file.Clock.IsRunning && file.Clock.StartedOn < file.StepOn ? file.Clock.StartedOn.Value : file.StepOn;
        var until = reading.Due > command.Due || command.Due is null ? reading.Due : command.Due;
        return new(
            command.Because,
            command.Due,
            reading.Due,
            [.. command.Moved.Where(m => m.Day > from && (until is null || m.Day <= until)).Take(MostDaysTold)],
            reading.Colour < file.Colour ? reading.Colour : file.Colour,
            at
        );
    }
}
