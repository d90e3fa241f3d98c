using System.Globalization;
using TownReform.Grains.Cases;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Matters.Penalties;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Moments;
using TownReform.Grains.Rules.Ratings;
using TownReform.Grains.Rules.Staff;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Each figure of law, changed by one in the data, changes what is decided and what is said, with no code touched.</summary>
public sealed class FigureProbeTests
{
    private static readonly DateOnly Before = PureCase.Day;
    private static readonly DateOnly Since = new(2022, 4, 8);

    /// <summary>What shows a figure at work, by its name; limits of steps are shown by <see cref="LastDays"/>.</summary>
    private static readonly Dictionary<string, Func<LawBook, string>> Probes = new(StringComparer.Ordinal)
    {
        ["licensing.decide.days"] = law => $"{Opened("permit", "permit", law, Before).Value!.Statutory}",
        ["licensing.extend.days"] = law => $"{Extended("permit", law).ExtendedDays}",
        ["service.extend.days"] = law => $"{Extended("confirmation", law).ExtendedDays}",
        [LawNames.LicensingExtendTimes] = law => ExtendedTwice(law),
        [LawNames.PenaltyTownPower] = law =>
            Code(Opened("penalty-general", "penalty", law, Before, Date("offence-date", Before), F("found-by", "patrol")).Refusal),
        ["penalty.decide.days"] = law =>
            $"{Opened("penalty-general", "penalty", law, Since, Date("offence-date", Since), F("found-by", "patrol")).Value!.Statutory}",
        ["service.penalty-decide.days"] = law =>
            $"{Opened("penalty-general", "penalty", law, Before, Date("offence-date", Before), F("found-by", "patrol")).Value!.Statutory}",
        [LawNames.PenaltyLimitation] = law => Filed(new(2017, 4, 9), false, Before, law),
        [LawNames.PenaltyLimitationGrave] = law => Filed(new(2021, 7, 20), true, new(2026, 7, 21), law),
        ["penalty.officers.people"] = law =>
            Said(
                Bent(PenaltyAtInvestigation(), law)
                    .Act("conclude", Officer(0), Before, With(1), F("circumstance", "minor"), F("facts", "占道"))
                    .Refusal
            ),
        ["penalty.summary-officers.people"] = law =>
            Said(Bent(Summary(), law).Act("warn", Officer(0), Before, F("circumstance", "minor")).Refusal),
        ["penalty.legal-reviewers.people"] = law =>
            Said(Bent(AtReview(), law).Act("pass", Legal(0), Before, F("opinion", "agree")).Refusal),
        [LawNames.PenaltySummaryPerson] = law => Imposed(false, "50.01", law),
        [LawNames.PenaltySummaryOrganisation] = law => Imposed(true, "1000.01", law),
        [LawNames.PenaltyHearingNotice] = law =>
            Said(
                Bent(PenaltyAtResponse().Do("request-hearing", PureCase.Public(), Before), law)
                    .Act("set-hearing", Legal(0), Before, Date("hearing-on", Before.AddDays(7)))
                    .Refusal
            ),
        [LawNames.PenaltyCrimeHandover] = law =>
            Said(
                TransferRules.HandedOverInTime(
                    null,
                    CaseFile.None with
                    {
                        StepSince = PureCase.At(Before),
                    },
                    new Stamp(Guid.Empty, Officer(0), PureCase.At(Before).AddSeconds(86_401)),
                    LawOn(law, Before)
                )
            ),
        [LawNames.PenaltyHearingPerson] = law => Asked(false, "4999.99", law),
        [LawNames.PenaltyHearingOrganisation] = law => Asked(true, "29999.99", law),
        [LawNames.PenaltyFirstSlight] = law =>
            Said(
                Bent(Summary(on: Since), law)
                    .Act(
                        "let-go",
                        Officer(0),
                        Since,
                        With(1),
                        F("ground", "first-slight-put-right"),
                        F("reason", "初次"),
                        F("circumstance", "minor"),
                        Date("put-right-on", Since)
                    )
                    .Refusal
            ),
        [LawNames.PenaltyPublicNotice] = law =>
            Said(DeliveryRules.PublicNoticeOver(Before, Before, RealSeeds.Library.Calendar, LawOn(law, Before), Before)),
        [LawNames.PenaltySuit] = law => $"{CourtRules.Window(Before, law)}",
        [LawNames.PenaltyCourt] = law => $"{CourtRules.Window(Before, law)}",
        [LawNames.PenaltyDemand] = law =>
            Said(
                CourtRules.CourtWindow(
                    Before,
                    Before.AddMonths(7),
                    RealSeeds.Library.Calendar,
                    LawOn(law, Before.AddMonths(7)),
                    Before.AddMonths(7)
                )
            ),
        [LawNames.PenaltyGroupMembers] = law => Said(DiscretionRules.GroupDecided(["甲"], Before, 1, 0, CaseFile.None, LawOn(law, Before))),
        [LawNames.PenaltyCollectOnSpot] = law =>
            Said(
                Bent(SummaryAtPayment("20.01"), law)
                    .Act("pay-on-the-spot", PureCase.Public(), Before, F("paid", "20.01"), Date("paid-on", Before))
                    .Refusal
            ),
        [LawNames.PenaltyLate] = law => Owed(17, law),
        [LawNames.PenaltyLateCap] = law => Owed(300, law),
        [LawNames.AssessmentAbsent] = law =>
            $"{AssessmentRules.IsGraded(new Assessee("p", PostClass.Administrative, false, 126), 250, Terms(law).AbsentFraction)}",
        [LawNames.AssessmentExcellentCivil] = law => $"{AssessmentRules.ExcellentCap(Terms(law).Share, 100)}",
        [LawNames.AssessmentExcellentInstitution] = law =>
            $"{AssessmentRules.ExcellentCap(Terms(law).InstitutionShare ?? Terms(law).Share, 100)}",
        [LawNames.LeaveFirstYears] = law => Leave(1, law),
        [LawNames.LeaveFirstDays] = law => Leave(1, law),
        [LawNames.LeaveSecondYears] = law => Leave(10, law),
        [LawNames.LeaveSecondDays] = law => Leave(10, law),
        [LawNames.LeaveThirdYears] = law => Leave(20, law),
        [LawNames.LeaveThirdDays] = law => Leave(20, law),
        [LawNames.ClockAllowance] = law =>
            Said(
                MomentRules.Check(
                    new Stamp(Guid.Empty, PureCase.Public(), PureCase.At(Before).AddSeconds(301)),
                    null,
                    PureCase.At(Before),
                    TimeSpan.FromSeconds((double)law.On(Before)[LawNames.ClockAllowance])
                )
            ),
        [LawNames.RatingParty] = law =>
            $"{RatingRules.LastDay(Ended, new(RealSeeds.Library.Towns["yandian"], law, RealSeeds.Library.Calendar))}",
        [LawNames.ClockAmber] = law => Colours(law),
        [LawNames.ClockSupervision] = law => Colours(law),
    };

    private static CaseView Ended =>
        (CaseFile.None with { Disposition = Disposition.Withdrawn, ChangedAt = PureCase.At(Before) }).ToView(
            step: null,
            item: null,
            day: Before,
            calendar: RealSeeds.Library.Calendar,
            law: RealSeeds.Library.Law
        );

    /// <summary>Checked where data are loaded: LawFaultTests.</summary>
    private static readonly string[] AtLoading = [LawNames.LicensingFee];

    public static TheoryData<string> All =>
        [.. RealSeeds.Library.Law.Statutes.SelectMany(s => s.Figures).Select(f => f.Name).Except(AtLoading)];

    [Theory]
    [MemberData(nameof(All))]
    public void Figure_ChangedByOne_ChangesWhatIsDecidedAndWhatIsSaid(string figure)
    {
        var (law, changed) = (RealSeeds.Library.Law, ChangedLaw.ByOne(figure));
        string Shown(LawBook book) => (Probes.TryGetValue(figure, out var probe) ? probe(book) : "") + LastDays(figure, book);
        Shown(law).ShouldNotBeEmpty($"no probe shows {figure} at work");
        Shown(changed).ShouldNotBe(Shown(law), figure);
        foreach (var day in new[] { Before, Since }.Where(d => law[figure, d] is not null))
        {
            (changed[figure, day]?.Said.Zh).ShouldNotBe(law[figure, day]!.Said.Zh);
            (changed[figure, day]?.Said.En).ShouldNotBe(law[figure, day]!.Said.En);
        }
    }

    [Fact]
    public void Silence_SupplementInThree_AcceptsOnTheFourthWorkingDay()
    {
        var permit = Permit();
        permit.Law = ChangedLaw.With("licensing.supplement.days", 3m);
        permit.Clock(new(2019, 4, 15)).Expired.ShouldBeFalse();
        permit.Clock(new(2019, 4, 16)).Expired.ShouldBeTrue();
        permit.Law = RealSeeds.Library.Law;
        permit.Clock(new(2019, 4, 17)).Expired.ShouldBeFalse();
        permit.Clock(new(2019, 4, 18)).Expired.ShouldBeTrue();

        // What then happens: accepted, and the clock runs from the day of receipt.
        permit.Law = ChangedLaw.With("licensing.supplement.days", 3m);
        permit.DoSystem(permit.Step.OnExpiry!, new(2019, 4, 16)).File.Step.ShouldBe("review");
        permit.File.Clock.StartedOn.ShouldBe(PureCase.Day);
    }

    /// <summary>Last days of every step whose limit names the figure, and every promise that does, begun under either law.</summary>
    private static string LastDays(string figure, LawBook law) =>
        string.Concat(
            RealSeeds
                .Library.Procedures.Values.Where(p => p.Promise?.Figures.Any(f => f.Name == figure) ?? false)
                .SelectMany(p => new[] { Before, Since }.Select(day => $" {p.Code}:{p.Promise!.On(law.On(day))}"))
        )
        + string.Concat(
            RealSeeds
                .Library.Procedures.Values.SelectMany(p => p.Steps.Values)
                .Where(s => s.Limit?.Figures.Any(f => f.Name == figure) ?? false)
                .SelectMany(step =>
                    new[] { Before, Since }.Select(day =>
                        $" {step.Code}:{ClockRules.LastDay(new CaseFile { StepOn = day }, step, RealSeeds.Library.Calendar, law):O}"
                    )
                )
        );

    private static PureCase Bent(PureCase @case, LawBook law)
    {
        @case.Law = law;
        return @case;
    }

    private static Outcome<CaseOpened> Opened(string procedure, string kind, LawBook law, DateOnly day, params Field[] fields)
    {
        var @case = Bent(PureCase.Of(RealSeeds.Yandian, procedure, RealSeeds.Yandian.Item(kind)), law);
        return @case.Open(kind == "penalty" ? Officer(0) : PureCase.Public(), day, fields);
    }

    private static ActTaken Extended(string procedure, LawBook law)
    {
        var @case = AtDecision(procedure, law);
        return @case.Act("extend", @case.Who("decider"), Before, F("reason", "案情复杂")).Value!;
    }

    private static string ExtendedTwice(LawBook law)
    {
        var permit = AtDecision("permit", law);
        permit.Do("extend", permit.Who("decider"), Before, F("reason", "案情复杂"));
        return Said(permit.Act("extend", permit.Who("decider"), Before, F("reason", "仍需时间")).Refusal);
    }

    private static PureCase AtDecision(string procedure, LawBook law)
    {
        var @case = Bent(PureCase.Of(RealSeeds.Yandian, procedure, RealSeeds.Yandian.Item(procedure)), law);
        @case.Open(PureCase.Public(), Before).ShouldSucceed();
        @case.Do("accept", @case.Who("window"), Before);
        return procedure == "permit" ? @case.Do("recommend", @case.Who("reviewer"), Before, F("recommendation", "grant")) : @case;
    }

    private static CaseLaw LawOn(LawBook law, DateOnly day) => new(law, day, day);

    private static string Asked(bool organisation, string intended, LawBook law)
    {
        var penalty = PenaltyAtResponse(intended: intended);
        return Said(
            HearingRules.HearingCase(
                decimal.Parse(intended, CultureInfo.InvariantCulture),
                null,
                penalty.File with
                {
                    Party = PureCase.Citizen with { Organisation = organisation },
                },
                LawOn(law, Before)
            )
        );
    }

    private static PureCase AtReview() => PenaltyAtResponse().Do("waive", PureCase.Public(), Before, F("waiver", "书面放弃"));

    private static string Filed(DateOnly offence, bool harm, DateOnly found, LawBook law) =>
        Said(Bent(Penalty(offence, harm, on: found).Do("propose", Officer(0), found), law).Act("file", Head(0), found).Refusal);

    private static string Imposed(bool organisation, string fine, LawBook law) =>
        Said(
            Bent(Summary(organisation), law)
                .Act("impose", Officer(0), Before, F("circumstance", "serious"), F("fine", fine), Date("served-on", Before))
                .Refusal
        );

    private static string Owed(int days, LawBook law) =>
        MoneyRules
            .OwedOn(333.33m, Before, Before.AddDays(days), null, law, RealSeeds.Library.Calendar)
            .ToString("F2", CultureInfo.InvariantCulture);

    private static AssessmentTerms Terms(LawBook law) =>
        AssessmentRules.TermsOf(250, TestPlans.ElmPolicy with { ExcellentShare = null }, law.On(Before));

    private static string Leave(int years, LawBook law) => $"{LeaveRules.Entitlement(years, law.On(Before))}";

    private static string Colours(LawBook law)
    {
        var permit = Bent(PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit")), law);
        permit.Item = permit.Item! with { Promised = new(60, DayUnit.Working), Statutory = LimitRule.Of(new(90, DayUnit.Working)) };
        permit.Open(PureCase.Public(), Before).ShouldSucceed();
        permit.Do("accept", permit.Who("window"), Before);
        return string.Join(',', Enumerable.Range(0, 120).Select(n => (int)permit.Clock(Before.AddDays(n)).Colour));
    }

    private static string Code(Refusal? refusal) => refusal is null ? "done" : $"{refusal.Code}";

    private static string Said(Refusal? refusal) => refusal is null ? "done" : $"{refusal.Code}: {refusal.Because.Zh}";
}
