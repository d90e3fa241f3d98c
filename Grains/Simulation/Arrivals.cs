using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>Citizens at the window and offences that patrols and complaints find: a Poisson count for each item and working day, spread
/// over the office day.</summary>
internal sealed class Arrivals(Stage stage, CaseFlow flow, ChoiceMaking choices, PartyHours hours, OfficerTurns turns)
{
    private readonly RandomStream random = stage.Random.Named("arrivals");
    private double yearlyWeight;

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
                var plan = stage.Seeds.Towns[demand.Town];
                var count = stream.Count(0, item.Yearly * stage.Scenario.DemandScale * weight * Season(day, plan, item));
                for (var n = 0; n < count; n++)
                {
                    var arrival = stream.Numbered(n + 1);
                    stage.Clock.Schedule(When(day, plan, item, arrival), () => ArriveAsync(plan, item, arrival));
                }
            }
        }
    }

    private double Season(DateOnly day, TownPlan plan, ItemDemand item)
    {
        var factor = 1.0;
        foreach (var season in stage.Scenario.Seasons)
        {
            var known = plan.Items[item.Item];
            factor *= season.Has(day, plan.Code, known, KindOf(known)) ? season.Factor : 1;
        }

        return factor;
    }

    // Where the window is closed, some apply from elsewhere and the others come when it opens again.
    private DateTime When(DateOnly day, TownPlan plan, ItemDemand item, RandomStream arrival)
    {
        var draw = arrival.Uniform(10);
        return WindowFor(plan, plan.Items[item.Item]) is not { } window || hours.Closing(day, plan.Code, window) is not { } closing
                ? hours.Arrival(day, draw)
            : arrival.Chance(11, closing.RemoteShare) ? hours.RemoteOn(day, draw)
            : hours.AtCounter(day.ToDateTime(TimeOnly.MinValue), day.ToDateTime(TimeOnly.MinValue), draw, (plan.Code, window));
    }

    // Where cases of the item's kind begin; what patrols find begins in a bureau, at no window.
    private string? WindowFor(TownPlan plan, PowerItem item)
    {
        var procedure = stage.Seeds.Procedures[stage.Scenario.Routes[KindOf(item)][^1].Procedure];
        var start = procedure.Steps[procedure.Start].At;
        return start.Kind == PlaceKind.Duty ? plan.OrganFor(start.Name).Code : null;
    }

    private async Task ArriveAsync(TownPlan plan, ItemDemand demand, RandomStream arrival)
    {
        var item = plan.Items[demand.Item];
        var appearance = Appear(plan, item, demand, arrival);
        var route = Route(item, appearance.Traits, arrival);
        if (
            await OpenAsync(plan, demand, item, appearance, arrival, route) is { } refusal
            && MatterLibrary.Simulation.SendElsewhere.Contains(refusal.Code)
            && stage
                .Scenario.Routes[KindOf(item)]
                .FirstOrDefault(r => stage.Seeds.Procedures[r.Procedure].Route != stage.Seeds.Procedures[route].Route)
                is { } other
        )
        {
            // The refusal says where to go; the party goes there.
            await OpenAsync(plan, demand, item, appearance, arrival, other.Procedure);
        }
    }

    private async ValueTask<Refusal?> OpenAsync(
        TownPlan plan,
        ItemDemand demand,
        PowerItem item,
        Appearance appearance,
        RandomStream arrival,
        string route
    )
    {
        var procedure = stage.Seeds.Procedures[route];
        var isOrganisation = appearance.Traits.Has(Traits.Organisation);
        var party = new Party($"P{arrival.Below(20, 1_000_000):D6}", isOrganisation ? "某单位" : "某居民", isOrganisation);
        var @case = new SimulatedCase(
            plan: plan,
            procedure: procedure,
            item: item,
            demand: demand,
            party: party,
            traits: appearance.Traits,
            random: arrival
        );
        var fields = choices.Opening(procedure) is { } opening ? choices.Fields(@case, opening) : [];
        return await flow.OpenAsync(@case, item.Code, Opener(@case, appearance.FoundByOfficers), fields);
    }

    private static string KindOf(PowerItem item) => item.Retained ? ItemKinds.Retained : item.Kind;

    // A patrol finds it: officers of the item's bureau take turns; whoever is away is passed over.
    private Actor Opener(SimulatedCase @case, bool foundByOfficers) =>
        !foundByOfficers && @case.Procedure.OpenedBy.Contains(ActorRules.ByPublic)
            ? new Actor(@case.Party.Id, Actor.Public)
            : turns.Next(stage.Office(@case.Plan.WorkplaceAt(@case.Item!.Bureau)), o => o.Roles.Contains("officer"))?.Actor
                ?? new Actor(@case.Party.Id, Actor.Public);

    private Appearance Appear(TownPlan plan, PowerItem item, ItemDemand demand, RandomStream arrival) =>
        MatterLibrary
            .Simulation.PartiesByKind[item.Kind]
            .Draw(
                new Appearing(
                    Plan: plan,
                    Item: item,
                    Traits: Traits.None.With(Traits.Organisation, arrival.Chance(0, demand.OrganisationShare)),
                    Shares: stage.Scenario.Parties,
                    Random: arrival,
                    Day: stage.Clock.Today,
                    Law: stage.Seeds.Law
                )
            );

    private string Route(PowerItem item, Traits traits, RandomStream arrival)
    {
        var routes = stage.Scenario.Routes[KindOf(item)];
        for (var i = 0; i < routes.Length; i++)
        {
            if (routes[i].If.All(traits.Has) && (routes[i].Share >= 1 || arrival.Chance(30 + i, routes[i].Share)))
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
