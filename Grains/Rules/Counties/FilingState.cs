using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Counties;

/// <summary>The sealed decisions that a county department was sent, by case.</summary>
public sealed record FilingState(ImmutableDictionary<string, FilingTask> Tasks)
{
    public static FilingState Empty { get; } = new(ImmutableDictionary<string, FilingTask>.Empty);
}

/// <param name="Forward">True when it is to be forwarded (转报), false when it is to be filed (备案).</param>
/// <param name="Answer">Last possible answer given; a demanded seal leaves the task open.</param>
/// <param name="Interferences">Impossible answers that were tried (I3 counts them).</param>
/// <param name="Guided">Decided while the department guided the town (A5).</param>
/// <param name="Comment">Last comment given.</param>
public sealed record FilingTask(string Case, string Town, string Item, bool Forward, DateOnly ReceivedOn, DateOnly? AnsweredOn, FilingAnswer? Answer, int Interferences, bool Guided, string? Comment)
{
    public bool IsOpen => Answer is not (FilingAnswer.File or FilingAnswer.Forward);
}
