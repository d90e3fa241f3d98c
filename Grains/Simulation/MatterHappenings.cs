using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation;

/// <summary>The cases that matters make happen over the year: each is opened when its moment has come.</summary>
internal sealed class MatterHappenings(Stage stage, CaseFlow flow, ChoiceMaking choices, OfficerTurns turns, RequestResults requests)
{
    /// <summary>Schedules all that the scenario's parts say.</summary>
    public void Schedule()
    {
        foreach (var year in stage.Scenario.Parts.SelectMany(part => part.Years))
        {
            foreach (var plan in stage.Towns)
            {
                var town = new SimulatedTown(plan, stage.Scenario.From, stage.Scenario.Until, stage.Seeds.Calendar, stage.Random);
                foreach (var happening in year(town))
                {
                    stage.Clock.Schedule(happening.At, () => OpenAsync(plan, happening));
                }
            }
        }
    }

    private async Task OpenAsync(TownPlan plan, Happening happening)
    {
        var (actor, department) = happening.Opener switch
        {
            Opener.Speaker speaker => (stage.SpeakerOf(plan, speaker.Department), speaker.Department),
            Opener.OneOf one => (OneOf(stage.Office(plan.WorkplaceAt(one.Bureau))), null),
            _ => throw new System.Diagnostics.UnreachableException($"{happening.Opener} opens no case."),
        };
        var procedure = stage.Seeds.Procedures[happening.Procedure];
        var @case = new SimulatedCase(
            plan: plan,
            procedure: procedure,
            item: happening.Item,
            demand: null,
            party: happening.Party,
            traits: happening.Traits,
            random: happening.Random
        )
        {
            OpenedFor = department,
        };

        // What the scenario says of the opening goes with what the matter says.
        var fields = choices.Opening(procedure) is { } opening
            ? happening.Fields.AddRange(choices.Fields(@case, opening))
            : happening.Fields;
        if (await flow.OpenAsync(@case, happening.Subject, actor, fields) is { } refusal)
        {
            requests.Refused(@case, happening.Subject, refusal);
        }
    }

    // Where nobody is there the first of them opens it nevertheless: the grains refuse that, and the run tells the refusal.
    private Actor OneOf(SimulatedOffice office) => (turns.Next(office, static _ => true) ?? office.Officers.Values.First()).Actor;
}
