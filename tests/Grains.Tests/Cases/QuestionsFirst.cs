using System.Collections.Concurrent;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Before each act and opening asks the same grain what would become of it, and compares that with what does.</summary>
internal sealed class QuestionsFirst : IIncomingGrainCallFilter
{
    private int acts;
    private int openings;
    private int refusals;

    /// <summary>Answers that were others than what was foreseen.</summary>
    public ConcurrentQueue<string> Otherwise { get; } = new();

    public (int Acts, int Openings, int Refusals) Compared => (acts, openings, refusals);

    public Task Invoke(IIncomingGrainCallContext context) =>
        (context.Grain, context.MethodName) switch
        {
            (ICaseGrain @case, nameof(ICaseGrain.ActAsync)) when context.Request.GetArgument(0) is ActOnCase act => ActAsync(
                context,
                @case,
                act
            ),
            (IIntakeGrain intake, nameof(IIntakeGrain.OpenAsync)) when context.Request.GetArgument(0) is OpenCase opening => OpenAsync(
                context,
                intake,
                opening
            ),
            _ => context.Invoke(),
        };

    private async Task ActAsync(IIncomingGrainCallContext context, ICaseGrain @case, ActOnCase act)
    {
        // The system's acts come from inside; nobody asks for it.
        if (act.Stamp.Actor.Office == Actor.System.Office)
        {
            await context.Invoke();
            return;
        }

        var asked = (await @case.AskAsync(act.Stamp)).Value?.Acts.FirstOrDefault(a => a.Act == act.Act);
        var foreseen = await @case.ForeseeAsync(act);
        await context.Invoke();
        Interlocked.Increment(ref acts);
        var answer = (Outcome<CaseView>)context.Result!;
        Compare($"{act.Act} by {act.Stamp.Actor.Id}", foreseen, answer);
        if (asked?.Refusal is { } no && answer.Refusal is null)
        {
            Otherwise.Enqueue($"{act.Act} by {act.Stamp.Actor.Id}: asked {no.Code}, done {answer.Value!.Number} {answer.Value.Step}");
        }
    }

    private async Task OpenAsync(IIncomingGrainCallContext context, IIntakeGrain intake, OpenCase opening)
    {
        var foreseen = await intake.ForeseeAsync(opening);
        await context.Invoke();
        Interlocked.Increment(ref openings);
        Compare($"open {opening.Procedure} {opening.Subject}", foreseen, (Outcome<CaseView>)context.Result!);
    }

    private void Compare(string what, Outcome<CaseOutlook> foreseen, Outcome<CaseView> answer)
    {
        if (answer.Refusal is not null)
        {
            Interlocked.Increment(ref refusals);
        }

        var (before, after) = (Said(foreseen.Value?.After, foreseen.Refusal), Said(answer.Value, answer.Refusal));
        if (before != after)
        {
            Otherwise.Enqueue($"{what}: foreseen {before}, became {after}");
        }
    }

    // Number, version and officers are the town's to give when it happens.
    private static string Said(CaseView? view, Refusal? refusal) =>
        refusal is not null
            ? $"{refusal.Code} {refusal.Clause} {refusal.Because.En} {string.Join(' ', refusal.Facts)}"
            : $"{view!.Step} {view.Ending} {view.Disposition} {view.Workplace} {view.Colour} {view.Due} {view.Clock} {view.ChangedAt:O} "
                + string.Join(' ', view.Fields);
}
