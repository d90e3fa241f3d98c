using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>What comes from above and from life: leave, requests to second people away, changes of powers, filing copies, the yearly
/// assessment.</summary>
internal sealed class Pressures(Stage stage, CaseFlow flow, PartyHours hours)
{
    private readonly Dictionary<string, (DateOnly From, DateOnly Until, string To, string Staff)> secondments = new(StringComparer.Ordinal);

    /// <summary>Schedules everything that the scenario sets for a day.</summary>
    public void Schedule()
    {
        foreach (var plan in stage.Towns)
        {
            ScheduleLeave(plan);
            ScheduleSecondments(plan);
            var marking = stage.Scenario.Assessment.On.ToDateTime(new TimeOnly(15, 0));
            stage.Clock.Schedule(marking, () => AssessAsync(plan));
        }

        foreach (var adjustment in stage.Scenario.Adjustments)
        {
            stage.Clock.Schedule(adjustment.On.ToDateTime(new TimeOnly(9, 0)), () => AdjustAsync(adjustment));
        }
    }

    /// <summary>A filing copy reached a county department: somebody answers it in a few days, and some try what they may not
    /// (B2).</summary>
    public void Filed(string officeKey, FileWithCounty copy)
    {
        var random = stage.Random.Named("filing").Named(copy.Case);
        var wanted = stage.Clock.Now.AddTicks(
            (long)(random.LogNormal(0, stage.Scenario.Filing.Days, ChoiceMaking.MostDays) * TimeSpan.TicksPerDay)
        );
        var when = hours.AtCounter(wanted, stage.Clock.Now, random.Uniform(2));
        var first = random.Uniform(1);
        var answer =
            first < stage.Scenario.Filing.Refusing ? FilingAnswer.Refuse
            : first < stage.Scenario.Filing.Refusing + stage.Scenario.Filing.DemandingSeal ? FilingAnswer.DemandSeal
            : FilingAnswer.File;
        stage.Clock.Schedule(when, () => AnswerAsync(officeKey, copy, answer));
    }

    /// <summary>An internal case has ended: a secondment is told to the results.</summary>
    public void Ended(SimulatedCase @case)
    {
        if (secondments.Remove(@case.Number, out var asked))
        {
            var approved = @case.View.Ending == "returned";
            stage.Sink.Seconded(
                new SecondmentRecord(@case.Plan.Code, @case.Number, asked.Staff, asked.To, asked.From, asked.Until, approved, null)
            );
        }
    }

    /// <summary>Secondments still running when the run ends: approved if the person is away.</summary>
    public void TellRunning()
    {
        foreach (var (number, asked) in secondments.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (stage.Cases.TryGetValue(number, out var @case))
            {
                stage.Sink.Seconded(
                    new SecondmentRecord(
                        @case.Plan.Code,
                        number,
                        asked.Staff,
                        asked.To,
                        asked.From,
                        asked.Until,
                        @case.View.Step == "away" || @case.Value("extended-until") is not null,
                        null
                    )
                );
            }
        }
    }

    private void ScheduleLeave(TownPlan plan)
    {
        var (habit, calendar) = (stage.Scenario.Leave, stage.Seeds.Calendar);
        foreach (var person in plan.Staff)
        {
            var random = stage.Random.Named("leave").Named(person.Id);
            var blocks = (int)
                Math.Round(
                    LeaveRules.Entitlement(stage.Scenario.From.Year - person.Since.Year, stage.Seeds.Law.On(stage.Scenario.From))
                        * habit.Taken
                        / habit.BlockDays
                );
            for (var n = 0; n < blocks; n++)
            {
                var span = stage.Scenario.Until.DayNumber - stage.Scenario.From.DayNumber;
                var before = stage.Scenario.From.AddDays(1 + random.Below(n, Math.Max(1, span - 20)));
                if (!calendar.Covers(before) || calendar.WorkingDaysBetween(before, calendar.LastDay) < habit.BlockDays)
                {
                    // Leave that the calendar has no days for is taken after the run.
                    continue;
                }

                var start = calendar.AddWorkingDays(before, 1);
                var last = calendar.AddWorkingDays(start, habit.BlockDays - 1);
                stage.Clock.Schedule(start.AddDays(-1).ToDateTime(new TimeOnly(16, 0)), () => LeaveAsync(plan, person, start, last));
            }
        }
    }

    private async Task LeaveAsync(TownPlan plan, StaffFacts person, DateOnly from, DateOnly until)
    {
        var staff = stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, plan.Code, person.Id));
        var head = await PresentAsync(plan, other => OfficeRules.IsOver(other, person)) ?? person;
        if (
            (await staff.TakeLeaveAsync(new TakeLeave(stage.Stamp(new Actor(head.Id, head.Organ)), from, until))).IsRefused(
                out var refusal,
                out _
            )
        )
        {
            stage.Refused(plan.Code, null, "leave", "take-leave", refusal);
        }

        await flow.DeliverAsync();
    }

    private void ScheduleSecondments(TownPlan plan)
    {
        var (pressure, random) = (stage.Scenario.Secondments, stage.Random.Named("secondment").Named(plan.Code));
        var span = stage.Scenario.Until.DayNumber - stage.Scenario.From.DayNumber;
        var count = random.Count(0, pressure.Yearly * span / 365.0);
        for (var n = 0; n < count; n++)
        {
            var request = random.Numbered(n + 1);
            var day = stage.Seeds.Calendar.AddWorkingDays(stage.Scenario.From.AddDays(request.Below(0, Math.Max(1, span - 30))), 0);
            stage.Clock.Schedule(day.ToDateTime(new TimeOnly(10, 0)), () => RequestAsync(plan, request));
        }
    }

    private async Task RequestAsync(TownPlan plan, RandomStream random)
    {
        var pressure = stage.Scenario.Secondments;
        var person = plan.Staff[random.Below(1, plan.Staff.Length)];
        var to = pressure.Departments[random.Below(2, pressure.Departments.Length)];
        var from = stage.Clock.Today.AddDays(20 + random.Below(3, 15));
        var until = from.AddDays((int)(30.4 * Math.Max(1, random.LogNormal(4, pressure.Months, ChoiceMaking.MostDays / 30.4))) - 1);
        var procedure = stage.Seeds.Procedures["secondment"];
        var @case = new SimulatedCase(plan, procedure, null, null, new Party(person.Id, person.Id, false), PartyTrait.None, random);
        ImmutableArray<Field> fields = [new("to", to), new("from", $"{from:O}"), new("until", $"{until:O}"), new("need", "专项工作需要")];
        if (random.Chance(5, pressure.Excepted) && until > from.AddMonths(plan.Policy.SecondmentMonths))
        {
            fields = fields.Add(new Field("exception", "省级专项，期限已由上级确定"));
        }

        if (await flow.OpenAsync(@case, person.Id, stage.SpeakerOf(plan, to), fields) is { } refusal)
        {
            stage.Sink.Seconded(new SecondmentRecord(plan.Code, @case.Number, person.Id, to, from, until, false, refusal));
            return;
        }

        secondments.Add(@case.Number, (from, until, to, person.Id));
    }

    private async Task AdjustAsync(Scenarios.ScriptedAdjustment adjustment)
    {
        var plan = stage.Seeds.Towns[adjustment.Town];
        foreach (var code in adjustment.Items)
        {
            var item = plan.Items[code];
            var random = stage.Random.Named("adjustment").Named(code);
            var @case = new SimulatedCase(
                plan,
                stage.Seeds.Procedures["power-adjustment"],
                item,
                null,
                new Party(item.CountyDepartment, item.CountyDepartment, true),
                PartyTrait.Organisation,
                random
            );
            ImmutableArray<Field> fields =
            [
                new("change", adjustment.Change),
                new("from", $"{stage.Clock.Today.AddDays(adjustment.FromDaysLater):O}"),
                new("reason", adjustment.Reason),
            ];
            await flow.OpenAsync(@case, code, stage.SpeakerOf(plan, item.CountyDepartment), fields);
        }
    }

    private async Task AnswerAsync(string officeKey, FileWithCounty copy, FilingAnswer answer)
    {
        var office = stage.Office(officeKey);
        var grain = stage.Grains.Grain<ICountyOfficeGrain>($"{stage.World}/{officeKey}");
        var actor = stage.SpeakerOf(office.Plan, office.Code);
        if ((await grain.AnswerFilingAsync(new AnswerFiling(stage.Stamp(actor), copy.Case, answer))).IsRefused(out var refusal, out _))
        {
            stage.Refused(copy.Town, copy.Case, "filing", answer.ToString().ToLowerInvariant(), refusal);
            if (answer != FilingAnswer.File)
            {
                await AnswerAsync(officeKey, copy, FilingAnswer.File);
            }
        }
    }

    private async Task AssessAsync(TownPlan plan)
    {
        var (habit, random) = (stage.Scenario.Assessment, stage.Random.Named("assessment").Named(plan.Code));
        var year = habit.On.Year;
        var round = stage.Grains.Grain<IAssessmentRoundGrain>(Address.AssessmentRound(stage.World, plan.Code, $"{year}"));
        var keeper = await PresentAsync(plan, person => person.Roles.Contains(OfficeRules.Personnel)) ?? plan.Staff[0];
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
            var head = await PresentAsync(plan, other => OfficeRules.IsOver(other, person)) ?? person;
            await MarkAsync(plan, round, new Actor(head.Id, head.Organ), person.Id, Wanted(random.Numbered(n)));
        }

        stage.Sink.Assessed((await round.CloseAsync(new CloseAssessment(stage.Stamp(personnel)))).Value!);
    }

    // Of those who may decide it, the first by the plan who is there today: heads before leaders, who stand in for them.
    private async ValueTask<StaffFacts?> PresentAsync(TownPlan plan, Func<StaffFacts, bool> may)
    {
        foreach (var person in plan.Staff.Where(may).OrderBy(p => p.Roles.Contains(OfficeRules.Leader)))
        {
            var facts = (await stage.Grains.Grain<IStaffGrain>(Address.Staff(stage.World, plan.Code, person.Id)).ReadAsync()).Value!;
            if (OfficeRules.Standing(plan, new Actor(person.Id, person.Organ), facts, stage.Clock.Today, stage.Clock.At) is null)
            {
                return facts;
            }
        }

        return null;
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
