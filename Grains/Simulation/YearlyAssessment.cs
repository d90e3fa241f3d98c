using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation;

/// <summary>The yearly assessment of a town's people (E7): heads mark, and mark lower where the share of the best is used up.</summary>
internal sealed class YearlyAssessment(Stage stage, PresentStaff present)
{
    /// <summary>Schedules a town's round.</summary>
    public void Schedule(TownPlan plan) =>
        stage.Clock.Schedule(stage.Scenario.Assessment.On.ToDateTime(new TimeOnly(15, 0)), () => AssessAsync(plan));

    private async Task AssessAsync(TownPlan plan)
    {
        var (habit, random) = (stage.Scenario.Assessment, stage.Random.Named("assessment").Named(plan.Code));
        var year = habit.On.Year;
        var round = stage.Grains.Grain<IAssessmentRoundGrain>(Address.AssessmentRound(stage.World, plan.Code, $"{year}"));
        var keeper = await present.FirstAsync(plan, person => person.Roles.Contains(OfficeRules.Personnel)) ?? plan.Staff[0];
        var personnel = new Actor(keeper.Id, keeper.Organ);
        var people = ImmutableArray.CreateBuilder<Assessee>();
        foreach (var person in plan.Staff)
        {
            var facts = (await stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, plan.Code, person.Id)).ReadAsync()).Value!;
            people.Add(new Assessee(person.Id, person.Class, facts.ProbationUntil >= habit.On, DaysAbsent(facts, year)));
        }

        await round.OpenAsync(new OpenAssessment(stage.Stamp(personnel), year, people.ToImmutable()));
        for (var n = 0; n < people.Count; n++)
        {
            var person = plan.Staff[n];
            var head = await present.FirstAsync(plan, other => OfficeRules.IsOver(other, person)) ?? person;
            await MarkAsync(plan, round, new Actor(head.Id, head.Organ), person.Id, Wanted(random.Numbered(n)));
        }

        stage.Sink.Assessed((await round.CloseAsync(new CloseAssessment(stage.Stamp(personnel)))).Value!);
    }

    private async ValueTask MarkAsync(TownPlan plan, IAssessmentRoundGrain round, Actor head, string staff, Grade grade)
    {
        if ((await round.MarkAsync(new MarkStaff(stage.Stamp(head), staff, grade))).IsRefused(out var refusal, out _))
        {
            stage.Refused(plan.Code, null, "assessment", "mark", refusal);
            if (grade == Grade.Excellent && refusal.Code == RefusalCode.ExcellentShareExhausted)
            {
                await MarkAsync(plan, round, head, staff, Grade.Competent);
            }
        }
    }

    private Grade Wanted(RandomStream random)
    {
        var (habit, draw) = (stage.Scenario.Assessment, random.Uniform(0));
        return draw < habit.Proposed ? Grade.Excellent
            : draw > 1 - habit.Failing ? Grade.NotCompetent
            : draw > 1 - habit.Failing - habit.Basic ? Grade.BasicallyCompetent
            : Grade.Competent;
    }

    private int DaysAbsent(StaffFacts person, int year)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var days = 0;
        foreach (var absence in person.Absences)
        {
            var (from, until) = (absence.From < first ? first : absence.From, absence.Until > last ? last : absence.Until);
            days += until < from ? 0 : stage.Seeds.Calendar.WorkingDaysBetween(from.AddDays(-1), until);
        }

        return days;
    }
}
