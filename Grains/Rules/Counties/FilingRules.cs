using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Recording;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Counties;

/// <summary>See seal, set seal; see paper, issue paper (B2): a sealed decision is filed or forwarded, and nothing else. A comment guides (A5); it binds nobody.</summary>
public static class FilingRules
{
    /// <summary>The act's name on the record.</summary>
    public const string Act = "answer-filing";

    /// <summary>Takes in a filing copy, once per case.</summary>
    public static Outcome<FilingEvent>? Receive(FilingState state, FileWithCounty effect, DateOnly day) =>
        state.Tasks.ContainsKey(effect.Case) ? null : (Outcome<FilingEvent>)new FilingReceived(effect.Case, effect.Town, effect.Item, effect.Forward, effect.Guided, day);

    /// <summary>
    /// Answers a task. Refusing it, and demanding another seal, are interferences: recorded and refused. Another seal is possible only
    /// where the town's plan knows special circumstances, at city level, and with the circumstance recorded (Y 2.2.3).
    /// </summary>
    public static Outcome<FilingEvent>? Answer(FilingState state, AnswerFiling command, GovernmentLevel level, TownPolicy policy, DateOnly day)
    {
        if (!state.Tasks.TryGetValue(command.Case, out var task))
        {
            return FilingRefusals.Unknown(command.Case);
        }

        return WhyNot(task, command, level, policy) is { } refusal
            ? new InterferenceRecorded(task.Case, command.Answer, command.Stamp.Actor.Id, command.Stamp.Actor.Office, day, new Refused(Act, refusal))
            : task.Answer == command.Answer && (command.Comment is null || command.Comment == task.Comment) ? null
            : (Outcome<FilingEvent>)new FilingAnswered(task.Case, command.Answer, day, command.Answer == FilingAnswer.DemandSeal ? command.SpecialCircumstance : null, command.Comment);
    }

    /// <summary>Whether an event is the answer to this very command.</summary>
    public static bool IsAnswerTo(FilingEvent happened, AnswerFiling command) =>
        happened is FilingAnswered it && it.Case == command.Case && it.Answer == command.Answer && it.Comment == command.Comment;

    public static FilingState Apply(FilingState state, FilingEvent happened) => happened switch
    {
        FilingReceived it => With(state, new(it.Case, it.Town, it.Item, it.Forward, it.On, null, null, 0, it.Guided, null)),
        FilingAnswered it => With(state, state.Tasks[it.Case] with { Answer = it.Answer, AnsweredOn = it.On, Comment = it.Comment ?? state.Tasks[it.Case].Comment }),
        InterferenceRecorded it => With(state, state.Tasks[it.Case] with { Interferences = state.Tasks[it.Case].Interferences + 1 }),
        FilingRefused => state,
        _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a filing task."),
    };

    public static FilingView View(FilingTask task) => new(task.Case, task.Town, task.Item, task.ReceivedOn, task.AnsweredOn, task.Answer, task.Interferences, task.Guided, task.Comment);

    /// <summary>Tasks by day of receipt, then by case; only those not yet filed or forwarded, or all.</summary>
    public static ImmutableArray<FilingView> List(FilingState state, bool openOnly) =>
        [.. state.Tasks.Values.Where(t => !openOnly || t.IsOpen).OrderBy(t => t.ReceivedOn).ThenBy(t => t.Case, StringComparer.Ordinal).Select(View)];

    private static Refusal? WhyNot(FilingTask task, AnswerFiling command, GovernmentLevel level, TownPolicy policy) => command.Answer switch
    {
        FilingAnswer.File or FilingAnswer.Forward => null,
        FilingAnswer.Refuse => FilingRefusals.MayOnlyFile(task, command),
        FilingAnswer.DemandSeal when policy.ExtraSealBySpecialCircumstance && level == GovernmentLevel.City && !string.IsNullOrWhiteSpace(command.SpecialCircumstance) => null,
        FilingAnswer.DemandSeal => FilingRefusals.SecondSeal(task, command, level, policy),
        _ => FilingRefusals.MayOnlyFile(task, command),
    };

    private static FilingState With(FilingState state, FilingTask task) => new(state.Tasks.SetItem(task.Case, task));
}
