using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>Moves cases: opens them, does acts on them as somebody, and follows where they went.</summary>
/// <param name="follower">Hears of each move.</param>
internal sealed class CaseFlow(Stage stage, ChoiceMaking choices, ICaseFollower follower)
{
    /// <summary>Opens a case; a refused opening is told to the trace.</summary>
    /// <returns>The refusal, or null when the case is open.</returns>
    public async ValueTask<Refusal?> OpenAsync(SimulatedCase @case, string subject, Actor actor, ImmutableArray<Field> fields)
    {
        var command = new OpenCase(
            Stamp: stage.Stamp(actor),
            Town: @case.Plan.Code,
            Procedure: @case.Procedure.Code,
            Subject: subject,
            Party: @case.Party,
            Green: @case.Traits.Has(Traits.Green),
            Fields: fields
        );
        if ((await stage.Grains.OpenCaseAsync(stage.World, command)).IsRefused(out var refusal, out var view))
        {
            stage.Refused(@case.Plan.Code, null, @case.Procedure.Code, CaseRules.OpenAct, refusal);
            return refusal;
        }

        stage.Opened++;
        @case.Number = view.Number;
        stage.Cases.Add(@case.Number, @case);
        @case.See(view, stage.Seeds.Calendar);
        stage.Tell(@case, CaseRules.OpenAct, actor.Office == Actor.Public ? null : view.Workplace, [actor.Id], KindOf(actor));
        await EnterAsync(@case, view);
        return null;
    }

    /// <summary>Does one act. A refusal bars the choice until the next day and is told to the trace.</summary>
    /// <returns>Whether it was done.</returns>
    public async ValueTask<bool> ActAsync(SimulatedCase @case, Choice choice, Actor actor, string? workplace)
    {
        var fields = choices.Fields(@case, choice);
        @case.Acts++;
        if ((await Grain(@case).ActAsync(new ActOnCase(stage.Stamp(actor), choice.Act, fields))).IsRefused(out var refusal, out var view))
        {
            @case.Refusals++;
            @case.Barred.Add(choice);
            stage.Tell(@case, "refused", workplace, [actor.Id], KindOf(actor));
            stage.Refused(@case.Plan.Code, @case.Number, @case.Procedure.Code, choice.Act, refusal);
            return false;
        }

        @case.Take(choice);
        @case.Traits = choice.Clears is { } gone ? @case.Traits.Without(gone) : @case.Traits;
        var with = fields.FirstOrDefault(f => f.Name == ActorRules.With).Value;
        stage.Tell(@case, choice.Act, workplace, with is null ? [actor.Id] : [actor.Id, with], KindOf(actor));
        if (view.Certificate is { } given && @case.View.Certificate is null)
        {
            Numbered(@case, given);
        }

        // What the act set off arrives first: a case that ends with its decision ends with its number.
        await DeliverAsync();
        await MoveAsync(
            @case,
            view.Certificate is null && @case.View.Certificate is { } certificate ? view with { Certificate = certificate } : view
        );
        return true;
    }

    /// <summary>Delivers what has left the grains and lets the rest of the simulation know.</summary>
    public async ValueTask DeliverAsync()
    {
        foreach (var delivery in await stage.DrainAsync())
        {
            if (
                delivery.Effect is CertificateNumbered numbered
                && stage.Cases.TryGetValue(Stage.WithoutWorld(delivery.TargetKey), out var @case)
            )
            {
                Numbered(@case, numbered.Certificate);
            }

            await follower.DeliveredAsync(delivery);
        }
    }

    private void Numbered(SimulatedCase @case, string certificate)
    {
        @case.See(@case.View with { Certificate = certificate }, stage.Seeds.Calendar);
        stage.Tell(@case, "certificate-numbered", null, [], ActorKind.System);
    }

    /// <summary>Looks again at a case that was moved by a rule: a sweep, a handover, a recall.</summary>
    public async ValueTask RefreshAsync(string number)
    {
        if (!stage.Cases.TryGetValue(number, out var @case))
        {
            return;
        }

        var before = @case.View;
        var view = (await Grain(@case).ReadAsync()).Value!;
        if (view.Step != before.Step)
        {
            @case.Acts++;
            stage.Tell(@case, Moved(@case, before, view), before.Workplace, [], ActorKind.System);
            await MoveAsync(@case, view);
            return;
        }

        if (view.Colour > before.Colour)
        {
            stage.Tell(@case, $"clock-{view.Colour.ToString().ToLowerInvariant()}", view.Workplace, [], ActorKind.System);
        }

        @case.See(view, stage.Seeds.Calendar);
        if (!view.Officers.SequenceEqual(before.Officers))
        {
            stage.Tell(@case, "handed-over", view.Workplace, [.. view.Officers], ActorKind.System);
            if (@case.Task is { } task)
            {
                follower.Interrupted(task);
            }

            Lead(before)?.Cases.Remove(@case);
            Lead(view)?.Cases.Add(@case);
            await WakeAsync(view);
        }
    }

    private static string Moved(SimulatedCase @case, CaseView before, CaseView view) =>
        @case.Procedure.Anywhere.TryGetValue(CaseRules.HandBack, out var handBack) && handBack.To == view.Step
            ? CaseRules.HandBack
            : @case.Procedure.Steps[before.Step].OnExpiry ?? "moved";

    private async ValueTask MoveAsync(SimulatedCase @case, CaseView view)
    {
        Leave(@case);
        @case.See(view, stage.Seeds.Calendar);
        @case.Moves++;
        @case.Barred.Clear();
        if (view.Disposition == Disposition.Open)
        {
            await EnterAsync(@case, view);
            return;
        }

        stage.Ended++;
        stage.Cases.Remove(@case.Number);
        stage.Sink.Finished(CaseRows.Record(@case, stage.Clock.Today, stage.Seeds.Calendar));
        follower.Ended(@case);
    }

    private async ValueTask EnterAsync(SimulatedCase @case, CaseView view)
    {
        @case.Enter(stage.Clock.At);
        stage.Office(view.Workplace!).Watched++;
        if (!@case.Step.Hands.IsNobody)
        {
            stage.Office(view.Workplace!).Tasks++;
            Lead(view)?.Cases.Add(@case);
            await WakeAsync(view);
        }
        else if (choices.Pick(@case) is { Act: not "none" } choice)
        {
            var moves = @case.Moves;
            stage.Clock.Schedule(
                choices.When(@case, choice, stage.Clock.Now),
                () => @case.Moves == moves ? PartyActsAsync(@case, choice) : Task.CompletedTask
            );
        }
    }

    private void Leave(SimulatedCase @case)
    {
        if (@case.Task is { } task)
        {
            follower.Interrupted(task);
        }

        var view = @case.View;
        stage.Office(view.Workplace!).Watched--;
        if (!@case.Step.Hands.IsNobody)
        {
            stage.Office(view.Workplace!).Tasks--;
            Lead(view)?.Cases.Remove(@case);
        }
    }

    private SimulatedOfficer? Lead(CaseView view) =>
        view.Officers.Length > 0 ? stage.Office(view.Workplace!).Officers.GetValueOrDefault(view.Officers[0]) : null;

    private ValueTask WakeAsync(CaseView view) =>
        view.Officers.Length > 0 ? follower.ArrivedAsync(stage.Office(view.Workplace!), view.Officers[0]) : ValueTask.CompletedTask;

    private async Task PartyActsAsync(SimulatedCase @case, Choice choice)
    {
        if (!await ActAsync(@case, choice, ActorOutside(@case, choice), null) && choices.Pick(@case) is { Act: not "none" } other)
        {
            await ActAsync(@case, other, ActorOutside(@case, other), null);
        }
    }

    private static ActorKind KindOf(Actor actor) =>
        actor.Office == Actor.Public ? ActorKind.Party
        : actor.Id == Actor.System.Id ? ActorKind.System
        : ActorKind.Officer;

    private Actor ActorOutside(SimulatedCase @case, Choice choice)
    {
        var act = @case.Procedure.ActAt(@case.View.Step, choice.Act)!;
        return act.By.Contains(ActorRules.ByCounty)
            ? stage.SpeakerOf(@case.Plan, @case.OpenedFor ?? @case.Item!.CountyDepartment)
            : new Actor(@case.Party.Id, Actor.Public);
    }

    private ICaseGrain Grain(SimulatedCase @case) =>
        @case.Grain ??= stage.Grains.Grain<ICaseGrain>(Address.Case(stage.World, @case.Number));
}
