using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>Citizens at the window and offences that patrols and complaints find: a Poisson count for each item and working day, spread
/// over the office day.</summary>
internal sealed class Arrivals(Stage stage, CaseFlow flow, ChoiceMaking choices, PartyHours hours)
{
    private readonly RandomStream random = stage.Random.Named("arrivals");
    private double yearlyWeight;
    private readonly Dictionary<string, int> patrolTurn = new(StringComparer.Ordinal);

    /// <summary>Schedules everybody who comes today.</summary>
    public void Today()
    {
        var day = stage.Clock.Today;
        if (!stage.Seeds.Calendar.IsWorkingDay(day))
        {
            return;
        }

        var weight = Weight(day) / YearlyWeight();
        foreach (var demand in stage.Scenario.Towns)
        {
            foreach (var item in demand.Items)
            {
                var stream = random.Named(item.Item).Numbered(day.DayNumber);
                var count = stream.Count(0, item.Yearly * stage.Scenario.DemandScale * weight);
                for (var n = 0; n < count; n++)
                {
                    var arrival = stream.Numbered(n + 1);
                    stage.Clock.Schedule(
                        hours.Arrival(day, arrival.Uniform(10)),
                        () => ArriveAsync(stage.Seeds.Towns[demand.Town], item, arrival)
                    );
                }
            }
        }
    }

    private async Task ArriveAsync(TownPlan plan, ItemDemand demand, RandomStream arrival)
    {
        var item = plan.Items[demand.Item];
        var traits = Traits(plan, item, demand, arrival);
        var route = Route(item, traits, arrival);
        if (
            await OpenAsync(plan, demand, item, traits, arrival, route) is { } refusal
            && IsWrongRoute(refusal.Code)
            && stage
                .Scenario.Routes[KindOf(item)]
                .FirstOrDefault(r => stage.Seeds.Procedures[r.Procedure].Route != stage.Seeds.Procedures[route].Route)
                is { } other
        )
        {
            // The refusal says where to go; the party goes there.
            await OpenAsync(plan, demand, item, traits, arrival, other.Procedure);
        }
    }

    private async ValueTask<Refusal?> OpenAsync(
        TownPlan plan,
        ItemDemand demand,
        PowerItem item,
        PartyTrait traits,
        RandomStream arrival,
        string route
    )
    {
        var procedure = stage.Seeds.Procedures[route];
        var party = new Party(
            $"P{arrival.Below(20, 1_000_000):D6}",
            traits.HasFlag(PartyTrait.Organisation) ? "某单位" : "某居民",
            traits.HasFlag(PartyTrait.Organisation)
        );
        var @case = new SimulatedCase(plan, procedure, item, demand, party, traits, arrival);
        var fields = choices.Opening(procedure) is { } opening ? choices.Fields(@case, opening, stage.Clock.Today) : [];
        return await flow.OpenAsync(@case, item.Code, Opener(@case), fields);
    }

    private static bool IsWrongRoute(RefusalCode code) =>
        code is RefusalCode.RouteClosed or RefusalCode.PowerNotInForce or RefusalCode.PowerRecalled or RefusalCode.PowerSuspended;

    private static string KindOf(PowerItem item) => item.Retained ? ItemKinds.Retained : item.Kind;

    private Actor Opener(SimulatedCase @case)
    {
        if (
            @case.Procedure.OpenedBy.Contains(ActorRules.ByPublic)
            && (@case.Item!.Kind != "penalty" || @case.Traits.HasFlag(PartyTrait.Complaint))
        )
        {
            return new Actor(@case.Party.Id, Actor.Public);
        }

        // A patrol: officers of the item's bureau take turns; whoever is away is passed over.
        var office = stage.Office(@case.Plan.WorkplaceAt(@case.Item!.Bureau));
        var present = office.Officers.Values.Where(o => o.Roles.Contains("officer") && !o.IsAway(stage.Clock.Today)).ToArray();
        var turn = patrolTurn[office.Key] = patrolTurn.GetValueOrDefault(office.Key) + 1;
        return present.Length > 0 ? present[turn % present.Length].Actor : new Actor(@case.Party.Id, Actor.Public);
    }

    private PartyTrait Traits(TownPlan plan, PowerItem item, ItemDemand demand, RandomStream arrival)
    {
        var habits = stage.Scenario.Parties;
        var traits = arrival.Chance(0, demand.OrganisationShare) ? PartyTrait.Organisation : PartyTrait.None;
        if (item.Kind != "penalty")
        {
            traits |= arrival.Chance(1, habits.PapersMissing) ? PartyTrait.PapersMissing : PartyTrait.None;
            traits |= arrival.Chance(2, habits.Agent) ? PartyTrait.Agent : PartyTrait.None;
            return traits | (plan.Policy.GreenChannel && arrival.Chance(3, habits.Green) ? PartyTrait.Green : PartyTrait.None);
        }

        var severity = arrival.Uniform(4);
        traits |=
            severity < habits.Minor ? PartyTrait.Minor
            : severity > 1 - habits.Serious ? PartyTrait.Serious
            : PartyTrait.Ordinary;
        traits |= arrival.Chance(5, habits.Harm) ? PartyTrait.Harm : PartyTrait.None;
        traits |= arrival.Chance(6, habits.OldOffence) ? PartyTrait.OldOffence : PartyTrait.None;
        traits |= arrival.Chance(7, habits.Complaint) ? PartyTrait.Complaint : PartyTrait.None;
        var most = stage.Seeds.Law.On(stage.Clock.Today)[
            traits.HasFlag(PartyTrait.Organisation) ? LawNames.PenaltySummaryOrganisation : LawNames.PenaltySummaryPerson
        ];
        var eligible =
            traits.HasFlag(PartyTrait.Minor)
            && !traits.HasFlag(PartyTrait.Complaint)
            && ChoiceMaking.Fine(item, traits, arrival, stage.Clock.Today) <= most;
        return traits | (eligible ? PartyTrait.SummaryEligible : PartyTrait.None);
    }

    private string Route(PowerItem item, PartyTrait traits, RandomStream arrival)
    {
        var routes = stage.Scenario.Routes[KindOf(item)];
        for (var i = 0; i < routes.Length; i++)
        {
            if (
                routes[i].If.All(condition => traits.HasFlag(BehaviourTerms.TraitOf(condition)))
                && (routes[i].Share >= 1 || arrival.Chance(30 + i, routes[i].Share))
            )
            {
                return routes[i].Procedure;
            }
        }

        return routes[^1].Procedure;
    }

    private double Weight(DateOnly day) => stage.Scenario.Weekday[((int)day.DayOfWeek + 6) % 7];

    /// <summary>Sum of the weights of a year's working days around the run, so that yearly numbers come out as given.</summary>
    private double YearlyWeight()
    {
        if (yearlyWeight == 0)
        {
            var (calendar, next) = (stage.Seeds.Calendar, stage.Scenario.From.AddYears(1));
            var last = next > calendar.LastDay ? calendar.LastDay : next.AddDays(-1);
            for (var day = stage.Scenario.From; day <= last; day = day.AddDays(1))
            {
                yearlyWeight += calendar.IsWorkingDay(day) ? Weight(day) : 0;
            }

            // Where the calendar ends within the year, the part that it knows stands for the whole.
            yearlyWeight *= (double)(next.DayNumber - stage.Scenario.From.DayNumber) / (last.DayNumber - stage.Scenario.From.DayNumber + 1);
        }

        return yearlyWeight;
    }
}
