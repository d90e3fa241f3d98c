using System.Collections.Immutable;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Powers;

/// <summary>The county in a simulated year: what its departments do with filing copies (B2), and changes of powers that it proposes
/// (A4).</summary>
internal static class PowerSimulation
{
    private static readonly Key FilingKey = new(
        "filing",
        new Shape(
            "filing",
            [
                new("days", ScenarioQuantities.Days, "Days until a filing copy is answered."),
                new("refusing", ScalarType.Fraction, "Share that first try to refuse."),
                new("demanding_seal", ScalarType.Fraction, "Share that first demand a seal of their own."),
            ]
        ),
        "County departments and filing copies (B2)."
    );

    private static readonly Key AdjustmentsKey = new(
        "adjustments",
        new ListType(
            new Shape(
                "adjustment",
                [
                    new("on", ScalarType.Date, "Day on which the county proposes it."),
                    new("town", ScalarType.Code, "Town."),
                    new("items", new ListType(ScalarType.Text, Least: 1), "Items."),
                    new("change", ScalarType.OneOf("grant", "suspend", "adjust", "recall"), "Change (A4)."),
                    new("from_days_later", ScenarioQuantities.DaysLater, "Days from the proposal to the first day of the change."),
                    new("reason", ScalarType.Text, "Reason."),
                ]
            )
        ),
        "Changes of powers ordered in the run.",
        Required: false
    );

    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Part(FilingKey, ReadFiling, filing => filing.Exclusive("refusing", "demanding_seal").Filing(Answer))
            .Part(AdjustmentsKey, ReadAdjustments, adjustments => adjustments.Check(Check).Year(Propose, "power-adjustment"))
            .SendsElsewhere(RefusalCode.RouteClosed, RefusalCode.PowerNotInForce, RefusalCode.PowerRecalled, RefusalCode.PowerSuspended);

    private static FilingHabit ReadFiling(Entry filing) =>
        new(ScenarioQuantities.Spread(filing["days"]), (double)filing["refusing"].Amount, (double)filing["demanding_seal"].Amount);

    // Some try what they may not (B2), and file when that was refused.
    private static FilingReply Answer(FilingHabit habit, RandomStream copy)
    {
        var days = copy.LogNormal(0, habit.Days, ScenarioQuantities.MostDays);
        var first = copy.Uniform(1);
        return new FilingReply(
            TimeSpan.FromTicks((long)(days * TimeSpan.TicksPerDay)),
            copy.Uniform(2),
            first < habit.Refusing ? [FilingAnswer.Refuse, FilingAnswer.File]
                : first < habit.Refusing + habit.DemandingSeal ? [FilingAnswer.DemandSeal, FilingAnswer.File]
                : [FilingAnswer.File]
        );
    }

    private static ImmutableArray<Adjustment> ReadAdjustments(Entry adjustments) =>
        [
            .. adjustments.Items.Select(a => new Adjustment(
                a["on"].Date,
                a["town"].Text,
                a.Texts("items"),
                a["change"].Text,
                a["from_days_later"].Whole,
                a["reason"].Text
            )),
        ];

    private static void Check(PartCheck check)
    {
        foreach (var adjustment in check.Part.Items)
        {
            var (town, on) = (adjustment["town"], adjustment["on"]);
            if (on.Date < check.Root["from"].Date || on.Date > check.Root["until"].Date)
            {
                check.Fault(on, "on", $"a day of the run, {check.Root["from"].Text} to {check.Root["until"].Text}");
            }

            if (check.Root["towns"].Find(town.Text) is null || !check.Seeds.Towns.TryGetValue(town.Text, out var plan))
            {
                check.Fault(town, "town", "a town of the scenario");
                continue;
            }

            foreach (var item in adjustment["items"].Items.Where(item => !plan.Items.ContainsKey(item.Text)))
            {
                check.Fault(item, "items", $"an item of {plan.Code}");
            }
        }
    }

    private static IEnumerable<Happening> Propose(ImmutableArray<Adjustment> adjustments, SimulatedTown town) =>
        from adjustment in adjustments
        where adjustment.Town == town.Plan.Code
        from code in adjustment.Items
        let item = town.Plan.Items[code]
        select new Happening(
            At: adjustment.On.ToDateTime(new TimeOnly(9, 0)),
            Procedure: "power-adjustment",
            Subject: code,
            Party: new Party(item.CountyDepartment, item.CountyDepartment, true),
            Opener: new Opener.Speaker(item.CountyDepartment),
            Random: town.Random.Named("adjustment").Named(code),
            Fields:
            [
                new("change", adjustment.Change),
                new("from", $"{adjustment.On.AddDays(adjustment.FromDaysLater):O}"),
                new("reason", adjustment.Reason),
            ]
        )
        {
            Item = item,
            Traits = Traits.None.With(Traits.Organisation),
        };

    /// <summary>What county departments do with filing copies.</summary>
    /// <param name="Refusing">Share that first try to refuse.</param>
    /// <param name="DemandingSeal">Share that first demand their own seal.</param>
    private sealed record FilingHabit(LogNormalSpread Days, double Refusing, double DemandingSeal);

    /// <summary>A change of powers ordered in the run.</summary>
    private sealed record Adjustment(
        DateOnly On,
        string Town,
        ImmutableArray<string> Items,
        string Change,
        int FromDaysLater,
        string Reason
    );
}
