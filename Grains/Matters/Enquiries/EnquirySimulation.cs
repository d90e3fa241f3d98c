using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Enquiries;

/// <summary>People who ask the town something in a simulated year (B3): whoever is there is asked, and answers or hands
/// over.</summary>
internal static class EnquirySimulation
{
    // Numbers of draws of a case.
    private const int ColleagueDraw = 910;

    private static readonly Key Part = new(
        "enquiries",
        new Shape(
            "enquiries",
            [
                new("yearly", ScenarioQuantities.YearlyCases, "Enquiries a year in each town."),
                new("duty", ScalarType.OneOf([.. DutyCodes.Town]), "Duty of the organ that is asked."),
                new("question", ScalarType.Text, "What is asked."),
            ]
        ),
        "Enquiries (B3).",
        Required: false
    );

    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Part(
                Part,
                part => new Demand((double)part["yearly"].Amount, part["duty"].Text, part["question"].Text),
                part => part.Check(Check).Year(Ask, "enquiry")
            )
            .Value("$colleague", CaseNeeds.Nothing, Colleague);

    private static void Check(PartCheck check)
    {
        var duty = check.Part["duty"];
        foreach (var plan in check.Towns.Where(plan => !plan.Staff.Any(person => person.Organ == plan.OrganFor(duty.Text).Code)))
        {
            check.Fault(duty, "duty", $"a duty of an organ of {plan.Code} that has people");
        }
    }

    // Each working day as many as by chance, evenly over the day.
    private static IEnumerable<Happening> Ask(Demand demand, SimulatedTown town)
    {
        var random = town.Random.Named("enquiries").Named(town.Plan.Code);
        var workingDays = town.Calendar.WorkingDaysBetween(town.From.AddDays(-1), town.Until);
        var daily = workingDays == 0 ? 0 : demand.Yearly * (town.Until.DayNumber - town.From.DayNumber + 1) / 365 / workingDays;
        for (var day = town.From; day <= town.Until; day = day.AddDays(1))
        {
            if (!town.Calendar.IsWorkingDay(day))
            {
                continue;
            }

            var stream = random.Numbered(day.DayNumber);
            var count = stream.Count(0, daily);
            for (var n = 0; n < count; n++)
            {
                yield return Enquiry(demand, town, day, stream.Numbered(n + 1));
            }
        }
    }

    private static Happening Enquiry(Demand demand, SimulatedTown town, DateOnly day, RandomStream random) =>
        new(
            At: day.ToDateTime(new TimeOnly(9, 0)).AddMinutes(random.Below(0, 8 * 60)),
            Procedure: "enquiry",
            Subject: "",
            Party: new Party($"Q{random.Below(1, 1_000_000):D6}", "某居民", false),
            Opener: new Opener.OneOf(town.Plan.OrganFor(demand.Duty).Code),
            Random: random,
            Fields: [new Field("question", demand.Question)]
        );

    // Somebody else of the same organ; who is away, or has had it twice, is refused, as it happens.
    private static string? Colleague(Acting acting)
    {
        var owner = acting.Case.Officers[0];
        var organ = acting.Case.Plan.Staff.FirstOrDefault(person => person.Id == owner)?.Organ;
        var others = acting.Case.Plan.Staff.Where(person => person.Organ == organ && person.Id != owner).ToArray();
        return others.Length == 0 ? null : others[acting.Case.StepRandom.Below(ColleagueDraw, others.Length)].Id;
    }

    /// <param name="Yearly">Enquiries a year in each town.</param>
    /// <param name="Duty">Which organ is asked: the one that carries it.</param>
    private sealed record Demand(double Yearly, string Duty, string Question);
}
