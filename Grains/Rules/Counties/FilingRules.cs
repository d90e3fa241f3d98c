using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Counties;

/// <summary>See seal, set seal; see paper, issue paper (B2): a sealed decision is filed or forwarded, and nothing else. A comment guides
/// (A5); it binds nobody.</summary>
[Clause("B2")]
public static class FilingRules
{
    /// <summary>The act's name on the record.</summary>
    public const string Act = "answer-filing";

    /// <summary>Takes in a filing copy, once per case.</summary>
    public static Outcome<FilingEvent>? Receive(FilingState state, FileWithCounty effect, DateOnly day) =>
        state.Received.Contains(effect.Case)
            ? null
            : (Outcome<FilingEvent>)new FilingReceived(effect.Case, effect.Town, effect.Item, effect.Forward, effect.Guided, day);

    /// <summary>
    /// Answers a task. Refusing it, and demanding another seal, are interferences: recorded and refused. Another seal is possible only
    /// where the town's plan knows special circumstances, at city level, and with the circumstance recorded (Y 2.2.3).
    /// </summary>
    /// <param name="before">The task as the record tells it, where the state has forgotten it.</param>
    public static Outcome<FilingEvent>? Answer(
        FilingState state,
        AnswerFiling command,
        GovernmentLevel level,
        TownPolicy policy,
        DateOnly day,
        FilingTask? before = null
    )
    {
        if ((state.Find(command.Case) ?? before) is not { } task)
        {
            return FilingRefusals.Unknown(command.Case);
        }

        return WhyNot(task, command, level, policy) is { } refusal
                ? new InterferenceRecorded(
                    task.Case,
                    command.Answer,
                    command.Stamp.Actor.Id,
                    command.Stamp.Actor.Office,
                    day,
                    new Refused(Act, refusal)
                )
                {
                    Before = before,
                }
            : task.Answer == command.Answer && (command.Comment is null || command.Comment == task.Comment) ? null
            : (Outcome<FilingEvent>)
                new FilingAnswered(
                    task.Case,
                    command.Answer,
                    day,
                    command.Answer == FilingAnswer.DemandSeal ? command.SpecialCircumstance : null,
                    command.Comment
                )
                {
                    Before = before,
                };
    }

    /// <summary>Whether an event is the answer to this very command.</summary>
    public static bool IsAnswerTo(FilingEvent happened, AnswerFiling command) =>
        happened is FilingAnswered it && it.Case == command.Case && it.Answer == command.Answer && it.Comment == command.Comment;

    public static FilingState Apply(FilingState state, FilingEvent happened) =>
        happened switch
        {
            FilingReceived or FilingAnswered or InterferenceRecorded => After(state.Find(CaseOf(happened)!), happened) is { } task
                ? state.With(task)
                : state,
            FilingRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a filing task."),
        };

    /// <summary>The task of one case after an event about it.</summary>
    /// <param name="task">The task before; null where none is at hand.</param>
    /// <returns>Null where the event is about an earlier task that neither is at hand nor stands in the event: older records don't say
    /// it.</returns>
    public static FilingTask? After(FilingTask? task, FilingEvent happened) =>
        happened switch
        {
            FilingReceived it => new(
                Case: it.Case,
                Town: it.Town,
                Item: it.Item,
                Forward: it.Forward,
                ReceivedOn: it.On,
                AnsweredOn: null,
                Answer: null,
                Interferences: 0,
                Guided: it.Guided,
                Comment: null
            ),
            FilingAnswered it when (task ?? it.Before) is { } before => before with
            {
                Answer = it.Answer,
                AnsweredOn = it.On,
                Comment = it.Comment ?? before.Comment,
            },
            InterferenceRecorded it when (task ?? it.Before) is { } before => before with { Interferences = before.Interferences + 1 },
            _ => task,
        };

    /// <summary>The case that an event is about, or null.</summary>
    public static string? CaseOf(FilingEvent happened) =>
        happened switch
        {
            FilingReceived it => it.Case,
            FilingAnswered it => it.Case,
            InterferenceRecorded it => it.Case,
            _ => null,
        };

    public static FilingView View(FilingTask task) =>
        new(
            Case: task.Case,
            Town: task.Town,
            Item: task.Item,
            ReceivedOn: task.ReceivedOn,
            AnsweredOn: task.AnsweredOn,
            Answer: task.Answer,
            Interferences: task.Interferences,
            Guided: task.Guided,
            Comment: task.Comment
        );

    /// <summary>Tasks at hand by day of receipt, then by case; only those not yet filed or forwarded, or the latest answered ones
    /// too.</summary>
    public static ImmutableArray<FilingView> List(FilingState state, bool openOnly) =>
        [
            .. state
                .Tasks.Values.Concat(openOnly ? [] : state.Answered.All())
                .OrderBy(t => t.ReceivedOn)
                .ThenBy(t => t.Case, StringComparer.Ordinal)
                .Select(View),
        ];

    private static Refusal? WhyNot(FilingTask task, AnswerFiling command, GovernmentLevel level, TownPolicy policy) =>
        command.Answer switch
        {
            FilingAnswer.File or FilingAnswer.Forward => null,
            FilingAnswer.Refuse => FilingRefusals.MayOnlyFile(task, command),
            FilingAnswer.DemandSeal
                when policy.ExtraSealBySpecialCircumstance
                    && level == GovernmentLevel.City
                    && !string.IsNullOrWhiteSpace(command.SpecialCircumstance) => null,
            FilingAnswer.DemandSeal => FilingRefusals.SecondSeal(task, command, level, policy),
            _ => FilingRefusals.MayOnlyFile(task, command),
        };
}
