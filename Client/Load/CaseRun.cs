using TownReform.Client.Live;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Rules.Intake;
using TownReform.Grains.Rules.Records;

namespace TownReform.Client.Load;

/// <summary>
/// One case of a load, from its arrival to its end. Each command is meant for a moment of its own; what it waits beyond that, also for the
/// command
/// before it, counts as latency. A command without an answer is sent again under its id, as every client should.
/// </summary>
internal sealed class CaseRun(LoadContext context, CaseScript script)
{
    private readonly string party = context.Target.NewParty();

    /// <summary>The number that the town has given; empty before it is open.</summary>
    private string number = "";

    /// <param name="arrival">When the case was meant to arrive, from the beginning of the run.</param>
    public async Task RunAsync(TimeSpan arrival)
    {
        var view = await AnswerAsync(
            arrival,
            "open",
            script.Opener(party),
            stamp => new OpenCase(
                stamp,
                script.Plan.Code,
                script.Procedure.Code,
                script.Item.Code,
                new Party(party, "压力测试", Organisation: true),
                Green: false,
                script.Fields(script.Procedure.OpenNeeds, script.Plan.DayOf(stamp.At), null)
            )
        );
        number = view?.Number ?? "";
        for (var n = 0; n < script.Acts.Length && view is not null; n++)
        {
            view = await ActAsync(script.Acts[n], view, arrival + ((n + 1) * context.Order.Pace));
        }

        if (view is { Disposition: not Disposition.Open })
        {
            context.Tally.End();
        }
    }

    private async Task<CaseView?> ActAsync(ScriptedAct act, CaseView view, TimeSpan planned)
    {
        if (act.NeedsCertificate && !await NumberedAsync() || CaseScript.ActorOf(act, view) is not { } actor)
        {
            context.Fail();
            return null;
        }

        // A closed loop sends when it can; an open one when it is meant to.
        var intended = context.Order.Schedule is null ? context.Elapsed : planned;
        await context.UntilAsync(intended);
        ActOnCase Command(Stamp stamp) =>
            new(stamp, act.Act, script.Fields(act.Needs, script.Plan.DayOf(stamp.At), view), act.Decides ? context.SeenBy(view) : null);
        var rivals = act.Decides ? context.Order.Approvers : 1;
        var answers = await Task.WhenAll(Enumerable.Range(0, rivals).Select(_ => AnswerAsync(intended, act.Act, actor, Command)));
        var won = answers.Where(answer => answer is not null).ToArray();
        if (won.Length > 1)
        {
            // Two approvers were told that theirs is the decision.
            context.DecidedTwice(number, act.Act);
        }

        return won.FirstOrDefault();
    }

    private async Task<bool> NumberedAsync()
    {
        var (since, seen) = (context.Elapsed, 0L);
        while (await context.InsistAsync(since, () => context.Target.WatchAsync(number, seen)) is { Value: { } view })
        {
            if (view.Certificate is not null)
            {
                return true;
            }

            seen = view.Version;
        }

        return false;
    }

    private Task<CaseView?> AnswerAsync(TimeSpan intended, string act, Actor actor, Func<Stamp, ActOnCase> command) =>
        AnswerAsync(intended, act, actor, stamp => context.Target.ActAsync(number, command(stamp)));

    private Task<CaseView?> AnswerAsync(TimeSpan intended, string act, Actor actor, Func<Stamp, OpenCase> command) =>
        AnswerAsync(intended, act, actor, stamp => context.Target.OpenAsync(command(stamp)));

    private async Task<CaseView?> AnswerAsync(TimeSpan intended, string act, Actor actor, Func<Stamp, Task<Answered>> send)
    {
        var stamp = new Stamp(CommandIds.New(), actor, context.Now);

        // Ctrl-C may have ended the wait for its moment; then it counts from when it was sent.
        intended = context.Elapsed is var sent && sent < intended ? sent : intended;
        var recordedAs = stamp.CommandId;
        if (await context.InsistAsync(context.Elapsed, SendAsync) is not { } answer)
        {
            context.Fail();
            return null;
        }

        stamp = stamp with { CommandId = recordedAs };
        if (answer.IsRefused(out var refusal, out var view))
        {
            Tell(
                intended,
                stamp,
                number.Length > 0 ? $"case/{number}" : $"intake/{script.Plan.Code}/{Address.CounterOf(stamp.CommandId)}",
                number.Length > 0 ? CaseRefused : OpeningRefused.DurableName,
                refusal
            );
            return null;
        }

        Tell(intended, stamp, $"case/{view.Number}", act, null);
        return view;

        async Task<Outcome<CaseView>> SendAsync()
        {
            var answered = await send(stamp);
            recordedAs = answered.Command;
            return answered.Outcome;
        }
    }

    // What leaves no trace isn't looked for on the record.
    private void Tell(TimeSpan intended, Stamp stamp, string stream, string what, Refusal? refused) =>
        context.Tally.Answer(
            context.Elapsed - intended,
            (int)context.Elapsed.TotalSeconds,
            refused is null || RecordRules.IsRecorded(refused) ? new AcknowledgedCommand(stamp.CommandId, stream, what) : null,
            refused?.Code
        );

    /// <summary>Kind of the record of a refusal, as the audit looks for it.</summary>
    private const string CaseRefused = "case.act-refused";
}
