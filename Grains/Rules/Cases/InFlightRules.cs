namespace TownReform.Grains.Rules.Cases;

/// <summary>What becomes of open cases when their power changes (A4): as their item says, they are finished, stand still or are handed
/// back.</summary>
[Clause("A4")]
public static class InFlightRules
{
    /// <summary>What the case does when its power changes: nothing, stand still, go on, or the act of handing back (A4).</summary>
    public static PowerFollowed? Follow(CaseFile file, FollowPower command, CaseFacts facts)
    {
        var returns = command.Change == PowerChange.Grant && file.Frozen;
        var freezes = Leaves(file, command, facts) && facts.Item?.InFlight == InFlightRule.Freeze && !file.Frozen;
        if (!file.IsOpen || (!freezes && !returns))
        {
            return null;
        }

        var step = facts.Procedure.Steps.GetValueOrDefault(file.Step);
        var stopped = file.FrozenClock ? file.Clock.StoppedOn : null;
        var followed = new PowerFollowed(
            Change: command.Change,
            From: command.From,
            Frozen: freezes,
            At: command.At,
            Day: facts.Day,
            StoppedDays: ClockRules.Stopped(stopped, facts.Day, file.Clock.Promised.Unit, facts.Calendar),
            StatutoryStoppedDays: ClockRules.Stopped(stopped, facts.Day, file.Clock.Statutory.Unit, facts.Calendar),
            StepStoppedDays: step?.Limit?.On(facts.Law.On(file.StepOn)) is { Days: > 0 } limit
                ? ClockRules.Stopped(file.FrozenOn, facts.Day, limit.Unit, facts.Calendar)
                : 0,
            Colour: file.Colour
        );
        var reading = ClockRules.Look(CaseState.Apply(file, followed), step, facts.Day, facts.Calendar, facts.Law);
        return returns && reading.Colour < file.Colour ? followed with { Colour = reading.Colour } : followed;
    }

    /// <summary>Whether the case must now be handed back: its power is recalled or suspended, and its item says so.</summary>
    public static bool MustHandBack(CaseFile file, FollowPower command, CaseFacts facts) =>
        Leaves(file, command, facts)
        && facts.Item?.InFlight == InFlightRule.HandBack
        && facts.Procedure.Anywhere.ContainsKey(CaseRules.HandBack);

    // What the town decided while it held the power, it also carries out: a granted permit is still handed out.
    private static bool Leaves(CaseFile file, FollowPower command, CaseFacts facts) =>
        file is { IsOpen: true, Decided: false }
        && facts.Procedure.Route == "town"
        && command.Change is (PowerChange.Recall or PowerChange.Suspend);
}
