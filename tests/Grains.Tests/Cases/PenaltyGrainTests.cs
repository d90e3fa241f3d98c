using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Penalties by both procedures, carried to each kind of end.</summary>
[ShowsClause("C2", "C3", "F6")]
public sealed class PenaltyGrainTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task General_WithHearingAndArrears_IsCollectedWithTheLateFee()
    {
        var (town, penalty) = await ImposedAsync(hearing: true);
        var served = Day.AddDays(12);
        await penalty.DoAsync("serve", served, Served(served));
        await town.SweepAsync(served, served.AddDays(16));
        (await penalty.ViewAsync()).Step.ShouldBe("arrears");
        var paid = served.AddDays(20);
        (await penalty.TryAsync("pay", PureCase.Public(), paid, F("paid", "1000.00"), Date("paid-on", paid))).ShouldBeRefused(
            RefusalCode.AmountNotPaid
        );
        await penalty.ByPublicAsync("pay", paid, F("paid", "1150.00"), Date("paid-on", paid));
        await penalty.DoAsync("collect", paid, F("account", town.Plan.Policy.TreasuryAccount));
        await penalty.DoAsync("close", paid);
        var view = await penalty.ViewAsync();
        (view.Ending, view.Disposition, view.Certificate).ShouldBe(("closed", Disposition.Decided, "烟综执罚〔2019〕1号"));
        (await town.County(town.Plan.Items[view.Subject].CountyDepartment).ListFilingsAsync(openOnly: true))
            .ShouldHaveSingleItem()
            .Case.ShouldBe(penalty.Number);
    }

    [Fact]
    public async Task General_NeverPaid_GoesToTheCourt()
    {
        var (town, penalty) = await ImposedAsync(hearing: false);
        var served = Day.AddDays(12);
        await penalty.DoAsync("serve", served, Served(served));
        await town.SweepAsync(served.AddDays(16));
        var demanded = served.AddDays(16 + 171);
        await town.SweepAsync(demanded);
        await penalty.DoAsync("send-demand", demanded, Date("demanded-on", demanded), F("proof", "当事人签收"));
        await town.SweepAsync(demanded.AddDays(11));
        await penalty.DoAsync("enforce", demanded.AddDays(11), F("court", "临清市人民法院"));
        (await penalty.ViewAsync()).Ending.ShouldBe("enforced");
    }

    /// <summary>The second officer is a field of the act: who asks first need not name them yet, who acts must (C2).</summary>
    [Fact]
    public async Task Ask_StepOfTwoOfficers_WaitsForTheSecondToBeNamed()
    {
        var town = await cluster.FoundAsync();
        var penalty = await OpenAsync(town);
        await penalty.DoAsync("propose", Day);
        await penalty.DoAsync("file", Day);
        var lead = await penalty.OfficerAsync();
        (await penalty.Grain.AskAsync(Stamps.Next(PureCase.At(Day), lead)))
            .ShouldSucceed()
            .Acts.Single(a => a.Act == "conclude")
            .Refusal.ShouldBeNull();
        var alone = new ActOnCase(Stamps.Next(PureCase.At(Day), lead), "conclude", [F("circumstance", "ordinary"), F("facts", "占道经营")]);
        (await penalty.Grain.ForeseeAsync(alone)).ShouldBeRefused(RefusalCode.OfficersNotTwo);
        (await penalty.Grain.ActAsync(alone)).ShouldBeRefused(RefusalCode.OfficersNotTwo);
    }

    [Fact]
    public async Task General_TwoOfficers_AreBothBusyUntilItMovesOn()
    {
        var town = await cluster.FoundAsync();
        var penalty = await OpenAsync(town);
        await penalty.DoAsync("propose", Day);
        await penalty.DoAsync("file", Day);
        var officers = (await penalty.ViewAsync()).Officers;
        officers.Distinct().Count().ShouldBe(2);
        foreach (var officer in officers)
        {
            (await town.Bureau("enforcement").ListAsync(officer)).ShouldHaveSingleItem().Case.ShouldBe(penalty.Number);
        }

        (await town.Bureau("enforcement").NextAsync(officers[0])).ShouldNotBeNull();
        (await town.Bureau("enforcement").NextAsync(officers[1])).ShouldBeNull();
    }

    [Fact]
    public async Task General_BeyondTheTownsPower_IsTransferred()
    {
        var town = await cluster.FoundAsync();
        var penalty = await OpenAsync(town);
        await penalty.DoAsync("propose", Day);
        await penalty.DoAsync("file", Day);
        var department = town.Plan.Items[(await penalty.ViewAsync()).Subject].CountyDepartment;
        await penalty.DoAsync("transfer", Day, F("transfer-to", department), F("reason", "超出镇级权限"));
        (await penalty.ViewAsync()).Workplace.ShouldBe($"{town.Plan.County.Code}/{department}");

        // Nobody answers: on the sixth working day the leading group is told.
        await town.SweepAsync(Day.AddDays(8));
        (await penalty.ViewAsync()).Colour.ShouldBe(ClockColour.Overdue);
        var county = new Actor($"{department}-1", department);
        await penalty.DoAsync("take-on", county, Day.AddDays(8), F("county-number", "临城管〔2019〕7号"));
        await penalty.DoAsync("report-outcome", county, Day.AddDays(30), F("outcome", "责令限期改正"));
        var ended = await penalty.ViewAsync();
        (ended.Disposition, ended.Fields.First(f => f.Name == "outcome").Value).ShouldBe((Disposition.Transferred, "责令限期改正"));
    }

    [Fact]
    public async Task General_ReviewSendsItBack_IsInvestigatedAgain()
    {
        var town = await cluster.FoundAsync();
        var penalty = await AtReviewAsync(town, hearing: false);
        await penalty.DoAsync("return", Day.AddDays(9), F("opinion", "return"), F("reason", "证据不足"));
        (await penalty.ViewAsync()).Step.ShouldBe("investigation");
        await penalty.DoAsync("no-penalty", Day.AddDays(9), F("ground", "not-established"), F("reason", "证据不足"));
        await penalty.DoAsync("spare", Day.AddDays(9));
        (await penalty.ViewAsync()).Ending.ShouldBe("no-penalty");
    }

    [Fact]
    public async Task General_Warned_EndsWithANumber()
    {
        var town = await cluster.FoundAsync();
        var penalty = await AtReviewAsync(town, hearing: false);
        await penalty.DoAsync("pass", Day.AddDays(9), F("opinion", "agree"));
        await penalty.DoAsync("warn", Day.AddDays(9));
        var view = await penalty.ViewAsync();
        (view.Ending, view.Certificate).ShouldBe(("warned", "烟综执罚〔2019〕1号"));
        (await town.RowAsync(penalty.Number)).Certificate.ShouldBe(view.Certificate);
    }

    [Fact]
    public async Task Summary_PaidOnTheSpot_IsHandedIn()
    {
        var town = await cluster.FoundAsync();
        var summary = await SummaryAsync(town);
        var officers = (await summary.ViewAsync()).Officers;
        await summary.DoAsync("impose", Day, F("circumstance", "ordinary"), F("fine", "20.00"), Date("served-on", Day));
        await summary.ByPublicAsync("pay-on-the-spot", Day, F("paid", "20.00"), Date("paid-on", Day));
        (await summary.ViewAsync()).Officers.Length.ShouldBe(1);
        await summary.DoAsync("hand-in", Day.AddDays(2));
        var banking = await summary.ViewAsync();
        (banking.Step, banking.StepLimit!.Article, banking.StepLimit.Days, banking.StepLimit.CalendarDays).ShouldBe(
            ("banking", "行政处罚法(2017) §50", 2, true)
        );
        await summary.DoAsync("bank", Day.AddDays(2), F("account", town.Plan.Policy.TreasuryAccount));
        (await summary.ViewAsync()).Ending.ShouldBe("closed");

        // Until 2021-07-14 one officer could punish on the spot.
        officers.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Summary_PaidAtTheBank_IsCollectedByOthers()
    {
        var town = await cluster.FoundAsync();
        var summary = await SummaryAsync(town);
        await summary.DoAsync("impose", Day, F("circumstance", "ordinary"), F("fine", "20.00"), Date("served-on", Day));
        await summary.ByPublicAsync("pay", Day.AddDays(15), F("paid", "20.00"), Date("paid-on", Day.AddDays(15)));
        (await summary.ViewAsync()).Workplace.ShouldBe("yandian/finance-economy-centre");
        await summary.DoAsync("collect", Day.AddDays(16), F("account", town.Plan.Policy.TreasuryAccount));
        (await summary.ViewAsync()).Ending.ShouldBe("closed");
    }

    [Fact]
    public async Task Summary_InGuyun_IsCollectedByTheTownsOwnFinanceBureau()
    {
        var town = await cluster.FoundAsync("guyun");
        var summary = await SummaryAsync(town);
        await summary.DoAsync("impose", Day, F("circumstance", "ordinary"), F("fine", "20.00"), Date("served-on", Day));
        await summary.ByPublicAsync("pay", Day, F("paid", "20.00"), Date("paid-on", Day));
        await summary.DoAsync("collect", Day, F("account", town.Plan.Policy.TreasuryAccount));
        (await summary.ViewAsync()).Ending.ShouldBe("closed");
    }

    [Fact]
    public async Task Stationed_Officer_HasCasesInTheTownsInbox()
    {
        // F6: the least-loaded officer gets the next case, whoever pays them.
        var town = await cluster.FoundAsync();
        for (
            var i = 0;
            i < town.Plan.Staff.Concat(town.Plan.StationedStaff).Count(p => p.Organ == "enforcement" && p.Roles.Contains("officer"));
            i++
        )
        {
            await OpenAsync(town);
        }

        foreach (var officer in town.Plan.StationedStaff.Where(p => p.Organ == "enforcement"))
        {
            (await town.Bureau("enforcement").ListAsync(officer.Id)).Length.ShouldBe(1, officer.Id);
        }

        (await town.Storage.ReadModel.ListWorkAsync("yandian/enforcement", TestContext.Current.CancellationToken))
            .Count(w => w.Officers[0].StartsWith("YD-S", StringComparison.Ordinal))
            .ShouldBe(10);
    }

    private async Task<(TestTown Town, TestCase Penalty)> ImposedAsync(bool hearing)
    {
        var town = await cluster.FoundAsync();
        var penalty = await AtReviewAsync(town, hearing);
        await penalty.DoAsync("pass", Day.AddDays(9), F("opinion", "agree"));
        await penalty.DoAsync("impose", Day.AddDays(9), F("fine", "1000.00"));
        return (town, penalty);
    }

    private static async Task<TestCase> AtReviewAsync(TestTown town, bool hearing)
    {
        var penalty = await OpenAsync(town);
        await penalty.DoAsync("propose", Day);
        await penalty.DoAsync("file", Day);
        await penalty.DoAsync("conclude", Day, F("circumstance", "ordinary"), F("facts", "占道经营"));
        await penalty.DoAsync("notify", Day, F("intended", "50000.00"));
        if (!hearing)
        {
            return await penalty.ByPublicAsync("waive", Day.AddDays(1), F("waiver", "书面放弃"));
        }

        await penalty.ByPublicAsync("request-hearing", Day.AddDays(1));
        await penalty.DoAsync("set-hearing", Day.AddDays(1), Date("hearing-on", Day.AddDays(8)));
        await town.SweepAsync(Day.AddDays(8), Day.AddDays(9));
        return await penalty.DoAsync("report-hearing", Day.AddDays(9), F("hearing-report", "听证完毕"));
    }

    private static async Task<TestCase> OpenAsync(TestTown town)
    {
        var officer = town.Plan.Staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("officer"));
        return await town.OpenAsync(
            "penalty-general",
            town.Plan.Item("penalty"),
            new Actor(officer.Id, officer.Organ),
            Day,
            Date("offence-date", Day),
            F("found-by", "patrol")
        );
    }

    private static Task<TestCase> SummaryAsync(TestTown town)
    {
        var officer = town.Plan.Staff.First(p => p.Organ == "enforcement" && p.Roles.Contains("officer"));
        var item = town
            .Plan.Items.Values.OrderBy(i => i.Code, StringComparer.Ordinal)
            .First(i => i.Kind == "penalty" && i.Bands.Any(b => b.Circumstance == "ordinary" && b is { From: <= 20, To: >= 20 }));
        return town.OpenAsync(
            "penalty-summary",
            item,
            new Actor(officer.Id, officer.Organ),
            Day,
            Date("offence-date", Day),
            F("found-by", "patrol")
        );
    }
}
