using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Counties;

/// <summary>
/// The sealed decisions that a county department was sent: all that wait for it, the latest that it has filed or forwarded, and a bit for
/// each case that
/// ever came. Whatever is done about a task that is no longer at hand is recorded together with the task as the record tells it, so that it
/// is at hand again.
/// </summary>
/// <param name="Tasks">Those that are open, by case.</param>
/// <param name="Answered">The latest of those that are not.</param>
/// <param name="Received">A copy that comes again is dropped, however long ago the first came.</param>
public sealed record FilingState(ImmutableDictionary<string, FilingTask> Tasks, RecentCases<FilingTask> Answered, CaseSet Received)
{
    public static FilingState Empty { get; } =
        new(ImmutableDictionary.Create<string, FilingTask>(StringComparer.Ordinal), RecentCases.Of<FilingTask>(), CaseSet.Empty);

    /// <summary>A task at hand, or null.</summary>
    public FilingTask? Find(string caseNumber) => Tasks.GetValueOrDefault(caseNumber) ?? Answered.Find(caseNumber);

    /// <summary>True when a case came whose task only the record still tells.</summary>
    public bool HasForgotten(string caseNumber) => Received.Contains(caseNumber) && Find(caseNumber) is null;

    public FilingState With(FilingTask task) =>
        task.IsOpen
            ? new(Tasks.SetItem(task.Case, task), Answered.Without(task.Case), Received.Add(task.Case))
            : new(Tasks.Remove(task.Case), Answered.With(task.Case, task), Received.Add(task.Case));
}

/// <param name="Forward">True when it is to be forwarded (转报), false when it is to be filed (备案).</param>
/// <param name="Answer">Last possible answer given; a demanded seal leaves the task open.</param>
/// <param name="Interferences">Impossible answers that were tried (I3 counts them).</param>
/// <param name="Guided">Decided while the department guided the town (A5).</param>
/// <param name="Comment">Last comment given.</param>
public sealed record FilingTask(
    string Case,
    string Town,
    string Item,
    bool Forward,
    DateOnly ReceivedOn,
    DateOnly? AnsweredOn,
    FilingAnswer? Answer,
    int Interferences,
    bool Guided,
    string? Comment
)
{
    public bool IsOpen => Answer is not (FilingAnswer.File or FilingAnswer.Forward);
}
