using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>A secondment from its request to its end, and what the bureau sees of it at once (E1, E2, E5).</summary>
[ShowsClause("E1", "E2", "E5")]
public sealed class SecondmentGrainTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateOnly From = new(2019, 4, 22);
    private static readonly DateOnly Until = new(2019, 6, 21);

    private static Actor Housing => new("housing-1", "housing");

    [Fact]
    public async Task Secondment_Approved_TakesThePersonsWorkAndGivesItBack()
    {
        var town = await cluster.FoundAsync();
        var (permit, reviewer) = await AtReviewAsync(town);
        var secondment = await ApprovedAsync(town, reviewer);
        await town.SweepAsync(From.AddDays(-1));
        (await permit.ViewAsync()).Officers.ShouldBe([reviewer]);

        await town.SweepAsync(From);
        var successor = (await permit.ViewAsync()).Officers.ShouldHaveSingleItem();
        successor.ShouldNotBe(reviewer);
        (await town.KindsAsync(permit.Stream))[^1].ShouldBe("case.handed-over");
        (await town.RowAsync(permit.Number)).Work!.Officers.ShouldBe([successor]);
        (await permit.TryAsync("recommend", new Actor(reviewer, "government-service"), From, F("recommendation", "grant")))
            .ShouldBeRefused(RefusalCode.ActorAbsent)
            .Clause.ShouldBe("E5");
        await NobodyAwayGetsWorkAsync(town, reviewer, From);

        await town.SweepAsync(Until);
        (await secondment.ViewAsync()).Step.ShouldBe("away");
        await town.SweepAsync(Until.AddDays(1));
        (await secondment.ViewAsync()).Ending.ShouldBe("returned");
        await permit.DoAsync("recommend", new Actor(reviewer, "government-service"), Until.AddDays(1), F("recommendation", "grant"));
    }

    [Fact]
    public async Task Secondment_RecalledEarly_BringsThePersonBackAndKeepsLaterLeave()
    {
        var town = await cluster.FoundAsync();
        var (_, reviewer) = await AtReviewAsync(town);
        var leave = new DateOnly(2019, 8, 1);
        (
            await town.Staff(reviewer).TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), leave, leave.AddDays(4)))
        ).ShouldSucceed();
        var secondment = await ApprovedAsync(town, reviewer);
        var recall = From.AddDays(10);
        await secondment.DoAsync("recall", new Actor("YD-014", "party-building-office"), recall, F("reason", "工作需要"));
        (await secondment.ViewAsync()).Ending.ShouldBe("returned");
        (await town.Staff(reviewer).ReadAsync())
            .ShouldSucceed()
            .Absences.Select(a => (a.Kind, a.From, a.Until))
            .ShouldBe([(AbsenceKind.Secondment, From, recall), (AbsenceKind.Leave, leave, leave.AddDays(4))]);
        (await WhoGetsWorkAsync(town, recall)).ShouldNotContain(reviewer);
        (await WhoGetsWorkAsync(town, recall.AddDays(1))).ShouldContain(reviewer);
        (await WhoGetsWorkAsync(town, leave)).ShouldNotContain(reviewer);
        await cluster.ForgetAsync(town.Bureau("government-service"));
        (await WhoGetsWorkAsync(town, leave.AddDays(4))).ShouldNotContain(reviewer);
        (await WhoGetsWorkAsync(town, leave.AddDays(5))).ShouldContain(reviewer);
    }

    [Fact]
    public async Task Secondment_Extended_CountsFromItsFirstDay()
    {
        var town = await cluster.FoundAsync();
        var (_, reviewer) = await AtReviewAsync(town);
        var secondment = await ApprovedAsync(town, reviewer);
        var (asked, last) = (Until.AddDays(-10), From.AddMonths(6).AddDays(-1));
        (await secondment.TryAsync("ask-extension", Housing, asked, Date("extended-until", last.AddDays(1))))
            .ShouldBeRefused(RefusalCode.SecondmentTooLong)
            .Of("firstDay")
            .ShouldBe($"{From:O}");
        await secondment.DoAsync("ask-extension", Housing, asked, Date("extended-until", last));
        await secondment.DoAsync("agree", asked);
        await secondment.DoAsync("approve", asked, Date("until", last));
        await town.SweepAsync(Until.AddDays(1));
        (await secondment.ViewAsync()).Step.ShouldBe("away");
        (await town.Staff(reviewer).ReadAsync()).ShouldSucceed().Absences.ShouldHaveSingleItem().Until.ShouldBe(last);
        await town.SweepAsync(last.AddDays(1));
        (await secondment.ViewAsync()).Ending.ShouldBe("returned");
    }

    [Fact]
    public async Task Secondment_TwoApprovedAtOnceThatLengthenEachOther_BeginForNoLongerThanTheTerm()
    {
        var town = await cluster.FoundAsync();
        var cases = new List<TestCase>();
        foreach (var from in new[] { From, From.AddMonths(5) })
        {
            var secondment = await town.OpenAsync(
                "secondment",
                "YD-024",
                Housing,
                Day,
                Date("from", from),
                Date("until", from.AddMonths(5).AddDays(-1)),
                F("to", "housing"),
                F("need", "专项")
            );
            cases.Add(await secondment.DoAsync("agree", Day));
        }

        // Both are asked before either has begun, so each finds nothing that it would lengthen.
        foreach (var secondment in cases)
        {
            (
                await secondment.Grain.ActAsync(
                    new ActOnCase(Stamps.Next(PureCase.At(Day), await secondment.OfficerAsync()), "approve", [])
                )
            ).ShouldSucceed();
        }

        await town.DrainAsync();
        (await town.Staff("YD-024").ReadAsync()).ShouldSucceed().Absences.ShouldHaveSingleItem().From.ShouldBe(From);
        (await town.KindsAsync("staff/yandian/YD-024")).ShouldBe(["staff.hired", "staff.secondment-begun", "staff.refused"]);
    }

    [Fact]
    public async Task Secondment_ExtensionNotDecidedInTime_ReturnsByItself()
    {
        var town = await cluster.FoundAsync();
        var (_, reviewer) = await AtReviewAsync(town);
        var secondment = await ApprovedAsync(town, reviewer);
        await secondment.DoAsync("ask-extension", Housing, Until, Date("extended-until", Until.AddDays(30)));
        await town.SweepAsync(Until.AddDays(1));
        (await secondment.ViewAsync()).Ending.ShouldBe("returned");
    }

    [Theory]
    [InlineData("decline", "declined")]
    [InlineData("withdraw", "withdrawn")]
    public async Task Secondment_NotAgreed_TakesNobody(string act, string ending)
    {
        var town = await cluster.FoundAsync();
        var secondment = await RequestAsync(town, "YD-024");
        if (act == "withdraw")
        {
            await secondment.DoAsync(act, Housing, Day);
        }
        else
        {
            await secondment.DoAsync(act, Day, F("reason", "人手不足"));
        }

        (await secondment.ViewAsync()).Ending.ShouldBe(ending);
        (await town.Staff("YD-024").ReadAsync()).ShouldSucceed().Absences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Secondment_WithdrawnBeforeTheOrganisationDecides_IsTheRequestersRight()
    {
        var town = await cluster.FoundAsync();
        var secondment = await RequestAsync(town, "YD-024");
        await secondment.DoAsync("agree", Day);
        await secondment.DoAsync("withdraw", Housing, Day);
        (await secondment.ViewAsync()).Ending.ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Leave_NobodyElseIsThere_WaitsUntilSomebodyIsBack()
    {
        var town = await cluster.FoundAsync();
        var readers = town
            .Plan.Staff.Concat(town.Plan.StationedStaff)
            .Where(p => p.Organ == "party-government-office" && p.Roles.Contains("committee"))
            .Select(p => p.Id)
            .ToArray();
        foreach (var id in readers)
        {
            await town.Staff(id)
                .TakeLeaveAsync(
                    new TakeLeave(Stamps.Next(PureCase.At(Day), new Actor("YD-004", "party-government-office")), Day, Day.AddDays(1))
                );
        }

        await town.DrainAsync();
        var secondment = await RequestAsync(town, "YD-024");
        (await secondment.ViewAsync()).Officers.ShouldBeEmpty();
        (await town.Bureau("party-government-office").SweepAsync(PureCase.At(Day.AddDays(1)))).Unstaffed.ShouldBe(1);
        await cluster.ForgetAsync(town.Bureau("party-government-office"));
        (await secondment.ViewAsync()).Officers.ShouldBeEmpty();
        var sweep = await town.Bureau("party-government-office").SweepAsync(PureCase.At(Day.AddDays(2)));
        (sweep.Unstaffed, sweep.HandedOver.Length).ShouldBe((0, 1));
        (await secondment.ViewAsync()).Officers.ShouldHaveSingleItem();
    }

    private static async Task<TestCase> RequestAsync(TestTown town, string staff) =>
        await town.OpenAsync(
            "secondment",
            staff,
            Housing,
            Day,
            Date("from", From),
            Date("until", Until),
            F("to", "housing"),
            F("need", "专项")
        );

    private static async Task<TestCase> ApprovedAsync(TestTown town, string staff)
    {
        var secondment = await RequestAsync(town, staff);
        await secondment.DoAsync("agree", Day);
        await secondment.DoAsync("approve", Day);
        (await town.Staff(staff).ReadAsync())
            .ShouldSucceed()
            .Absences.ShouldContain(a => a.Kind == AbsenceKind.Secondment && a.From == From && a.Until == Until);
        return secondment;
    }

    private static async Task<(TestCase Permit, string Reviewer)> AtReviewAsync(TestTown town)
    {
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        return (permit, (await permit.ViewAsync()).Officers.Single());
    }

    private static async Task NobodyAwayGetsWorkAsync(TestTown town, string away, DateOnly day) =>
        (await WhoGetsWorkAsync(town, day)).ShouldNotContain(away);

    // As many cases as there are reviewers, so that everybody present gets one.
    private static async Task<IReadOnlyCollection<string>> WhoGetsWorkAsync(TestTown town, DateOnly day)
    {
        var got = new HashSet<string>();
        for (
            var i = 0;
            i
                < 2
                    * town.Plan.Staff.Concat(town.Plan.StationedStaff)
                        .Count(p => p.Organ == "government-service" && p.Roles.Contains("reviewer"));
            i++
        )
        {
            var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), day);
            await permit.DoAsync("accept", day);
            got.UnionWith((await permit.ViewAsync()).Officers);
        }

        return got;
    }
}
