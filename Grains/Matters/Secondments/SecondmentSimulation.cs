using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Secondments;

/// <summary>Requests to second people away in a simulated year (E1–E4).</summary>
internal static class SecondmentSimulation
{
    private static readonly Key Part = new(
        "secondments",
        new Shape(
            "secondments",
            [
                new("yearly", ScenarioQuantities.YearlyRequests, "Requests a year for each town."),
                new("months", ScenarioQuantities.Months, "Months asked for."),
                new("excepted", ScalarType.Fraction, "Share of those over the rule that give a reason."),
                new("departments", new ListType(ScalarType.Code, Least: 1), "Departments that ask."),
            ]
        ),
        "Requests to second people away."
    );

    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Part(Part, Read, part => part.Check(Check).Year(Requests, "secondment"))
            .CountAsSecondment("secondment", IsApproved)
            .Value("$extended-until", CaseNeeds.OfFields("until"), acting => TwoMonthsLater(acting.Case.Value("until")))
            .Value("$granted-extension", CaseNeeds.OfFields("extended-until"), acting => acting.Case.Value("extended-until"));

    private static Pressure Read(Entry part) =>
        new(
            (double)part["yearly"].Amount,
            ScenarioQuantities.Spread(part["months"]),
            (double)part["excepted"].Amount,
            part.Texts("departments")
        );

    private static void Check(PartCheck check)
    {
        var plans = check.Towns.ToArray();
        foreach (var department in check.Part["departments"].Items)
        {
            if (Array.Find(plans, p => p.CountyDepartments.All(d => d.Code != department.Text)) is { } plan)
            {
                check.Fault(department, "departments", $"a department that {plan.Code}'s plan knows");
            }
        }
    }

    private static IEnumerable<Happening> Requests(Pressure pressure, SimulatedTown town)
    {
        var random = town.Random.Named("secondment").Named(town.Plan.Code);
        var span = town.Until.DayNumber - town.From.DayNumber;
        var count = random.Count(0, pressure.Yearly * span / 365.0);
        for (var n = 0; n < count; n++)
        {
            var request = random.Numbered(n + 1);
            var day = town.Calendar.AddWorkingDays(town.From.AddDays(request.Below(0, Math.Max(1, span - 30))), 0);
            yield return Request(pressure, town, day, request);
        }
    }

    private static Happening Request(Pressure pressure, SimulatedTown town, DateOnly day, RandomStream random)
    {
        var person = town.Plan.Staff[random.Below(1, town.Plan.Staff.Length)];
        var to = pressure.Departments[random.Below(2, pressure.Departments.Length)];
        var from = day.AddDays(20 + random.Below(3, 15));
        var months = Math.Max(1, random.LogNormal(4, pressure.Months, ScenarioQuantities.MostDays / 30.4));
        var until = from.AddDays((int)(30.4 * months) - 1);
        var excepted = random.Chance(5, pressure.Excepted) && until > from.AddMonths(town.Plan.Policy.SecondmentMonths);
        ImmutableArray<Field> fields = [new("to", to), new("from", $"{from:O}"), new("until", $"{until:O}"), new("need", "专项工作需要")];
        return new Happening(
            At: day.ToDateTime(new TimeOnly(10, 0)),
            Procedure: "secondment",
            Subject: person.Id,
            Party: new Party(person.Id, person.Id, false),
            Opener: new Opener.Speaker(to),
            Random: random,
            Fields: excepted ? fields.Add(new Field("exception", "省级专项，期限已由上级确定")) : fields
        );
    }

    // While it runs: whoever is away, or was asked to stay longer, was approved.
    private static bool IsApproved(ISimulatedCase @case) =>
        @case.Ending is { } ending ? ending == "returned" : @case.Step == "away" || @case.Value("extended-until") is not null;

    private static string? TwoMonthsLater(string? day) =>
        day is null
            ? null
            : DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture).AddMonths(2).ToString("O", CultureInfo.InvariantCulture);

    /// <param name="Yearly">Requests a year for each town.</param>
    /// <param name="Months">Months asked for.</param>
    /// <param name="Excepted">Share of those over the rule that come with a reason.</param>
    /// <param name="Departments">Codes of the departments that ask, in turn.</param>
    private sealed record Pressure(double Yearly, LogNormalSpread Months, double Excepted, ImmutableArray<string> Departments);
}
