using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>Offences and fines in a simulated year.</summary>
internal static class PenaltySimulation
{
    private const string SummaryEligible = "summary-eligible";

    // Numbers of draws of a case; each value has its own.
    private const int OffenceDraw = 910;
    private const int FineDraw = 913;

    public static void Declare(SimulationBuilder simulation) =>
        simulation
            .Parties(
                new Parties(
                    [ItemKinds.Penalty],
                    [
                        new("harm", "Share of offences that did harm."),
                        new("minor", "Share of offences found minor."),
                        new("serious", "Share of offences found serious."),
                        new("old_offence", "Share of offences older than the limitation allows."),
                        new("complaint", "Share of offences that come by complaint."),
                    ],
                    Exclusive: ["minor", "serious"],
                    ["harm", "minor", "ordinary", "serious", "old-offence", SummaryEligible, "complaint"],
                    Offence
                )
            )
            .Condition("fine-zero", CaseNeeds.AnItem, acting => Fine(acting) == 0)
            .Condition(
                "fine-on-the-spot",
                CaseNeeds.AnItem,
                acting => Fine(acting) <= acting.Law.On(acting.Day)[LawNames.PenaltyCollectOnSpot]
            )
            .Value("$offence-date", CaseNeeds.Nothing, acting => Iso(OffenceDate(acting)))
            .Value("$harm", CaseNeeds.Nothing, acting => acting.Case.Traits.Has("harm") ? "true" : null)
            .Value("$found-by", CaseNeeds.Nothing, acting => acting.Case.Traits.Has("complaint") ? "complaint" : "patrol")
            .Value("$circumstance", CaseNeeds.Nothing, acting => Circumstance(acting.Case.Traits))
            .Value("$fine", CaseNeeds.AnItem, acting => Yuan(Fine(acting)))
            .Value(
                "$fine-outside",
                CaseNeeds.AnItem,
                acting => Yuan(((Band(acting.Case.Item!, acting.Case.Traits, acting.Day)?.To ?? 0) * 2) + 100)
            )
            .Value("$fine-in-law", CaseNeeds.AnItem, acting => Yuan(FineInLaw(acting)))
            .Condition("hearing-case", CaseNeeds.OfFields("intended"), IsHearingCase)
            .Value("$notice-end", CaseNeeds.OfFields("published-on"), acting => NoticeEnd(acting) is { } end ? Iso(end) : null)
            .Value("$pay-until", CaseNeeds.OfFields("served-on"), acting => Iso(acting.Day.AddDays(60)))
            .Value("$department", CaseNeeds.AnItem, acting => acting.Case.Item!.CountyDepartment)
            .Value(
                "$police",
                CaseNeeds.Nothing,
                acting => acting.Case.Plan.CountyDepartments.First(d => d.Duties.Contains(DutyCodes.Police)).Code
            )
            .Condition("court-open", CaseNeeds.OfFields("served-on", "demanded-on"), IsCourtOpen)
            .Value("$owed", CaseNeeds.OfFields("fine"), acting => Yuan(Owed(acting)))
            .Value("$treasury", CaseNeeds.Nothing, acting => acting.Case.Plan.Policy.TreasuryAccount)
            .Value(
                "$hearing-on",
                CaseNeeds.Nothing,
                acting =>
                    Iso(acting.Calendar.LastWorkingDayOf(acting.Law.On(acting.Day).Figure(LawNames.PenaltyHearingNotice).Limit, acting.Day))
            )
            .Fine(Imposed);

    private static Appearance Offence(Appearing offence)
    {
        var severity = offence.Random.Uniform(4);
        var traits = offence
            .Traits.With(
                severity < offence.Shares["minor"] ? "minor"
                : severity > 1 - offence.Shares["serious"] ? "serious"
                : "ordinary"
            )
            .With("harm", offence.Chance(5, "harm"))
            .With("old-offence", offence.Chance(6, "old_offence"))
            .With("complaint", offence.Chance(7, "complaint"));
        var most = offence.Law.On(offence.Day)[
            traits.Has(Traits.Organisation) ? LawNames.PenaltySummaryOrganisation : LawNames.PenaltySummaryPerson
        ];
        var eligible = traits.Has("minor") && !traits.Has("complaint") && Fine(offence.Item, traits, offence.Random, offence.Day) <= most;
        return new Appearance(traits.With(SummaryEligible, eligible), FoundByOfficers: !traits.Has("complaint"));
    }

    private static DateOnly OffenceDate(Acting acting) =>
        acting.Case.Traits.Has("old-offence") ? acting.Day.AddYears(-6) : acting.Day.AddDays(-acting.Case.Random.Below(OffenceDraw, 20));

    private static string Circumstance(Traits traits) =>
        traits.Has("minor") ? "minor"
        : traits.Has("serious") ? "serious"
        : "ordinary";

    private static FineBand? Band(PowerItem item, Traits traits, DateOnly day)
    {
        var circumstance = Circumstance(traits);
        return item.On(day).Bands.FirstOrDefault(b => b.Circumstance == circumstance);
    }

    /// <summary>The fine within the band that the case's own draw gives, in whole ten yuan where the band is wide enough.</summary>
    private static decimal Fine(PowerItem item, Traits traits, RandomStream random, DateOnly day)
    {
        var band = Band(item, traits, day);
        return band is null || band.To == 0
            ? 0
            : band.From + (decimal.Floor((band.To - band.From) * (decimal)random.Uniform(FineDraw) / 10) * 10);
    }

    private static decimal Fine(Acting acting) => Fine(acting.Case.Item!, acting.Case.Traits, acting.Case.Random, acting.Day);

    // Outside the band and inside the statute's range, and never above what was noticed: the statute's lower end.
    private static decimal FineInLaw(Acting acting) => Band(acting.Case.Item!, acting.Case.Traits, acting.Day)?.LawMin ?? 0;

    private static bool IsHearingCase(Acting acting) =>
        decimal.TryParse(acting.Case.Value("intended"), CultureInfo.InvariantCulture, out var intended)
        && intended
            >= acting.Law.On(acting.Day)[
                acting.Case.Traits.Has(Traits.Organisation) ? LawNames.PenaltyHearingOrganisation : LawNames.PenaltyHearingPerson
            ];

    private static DateOnly? NoticeEnd(Acting acting) =>
        Day(acting.Case.Value("published-on")) is { } published
            ? acting.Calendar.LastDayOf(acting.Law.On(published).Figure(LawNames.PenaltyPublicNotice).Limit, published)
            : null;

    private static bool IsCourtOpen(Acting acting) =>
        (Day(acting.Case.Value("served-on")), Day(acting.Case.Value("demanded-on"))) is ({ } served, { } demanded)
        && CourtRules.CourtWindow(served, demanded, acting.Calendar, new CaseLaw(acting.Law, acting.Day, demanded), acting.Day) is null;

    private static decimal Owed(Acting acting) =>
        MoneyRules.OwedOn(
            Imposed(acting.Case),
            Day(acting.Case.Value("served-on")),
            Day(acting.Case.Value("paid-on")) ?? acting.Day,
            Day(acting.Case.Value("pay-until")),
            acting.Law,
            acting.Calendar
        );

    private static decimal Imposed(ISimulatedCase @case) =>
        @case.Value("fine") is { } fine ? decimal.Parse(fine, CultureInfo.InvariantCulture) : 0;

    private static DateOnly? Day(string? value) =>
        DateOnly.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
