using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Permits, confirmations and payments, carried to each kind of end.</summary>
[ShowsClause("B1", "B5", "A7")]
public sealed class PermitGrainTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Permit_Granted_IsNumberedFiledAndHandedOut()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.Item("permit");
        var permit = await town.OpenAsync("permit", item, PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day.AddDays(1), F("recommendation", "grant"));
        await permit.DoAsync("grant", Day.AddDays(2));
        (await permit.ViewAsync()).Certificate.ShouldBe("烟行许〔2019〕1号");
        await permit.DoAsync("deliver", Day.AddDays(5));

        var view = await permit.ViewAsync();
        (view.Disposition, view.Ending, view.Visits, view.Workplace, view.Clock.Used).ShouldBe(
            (Disposition.Decided, "granted", 2, null, 2)
        );
        var copy = (await town.County(item.CountyDepartment).ListFilingsAsync(openOnly: true)).ShouldHaveSingleItem();
        (copy.Case, copy.Item, copy.Guided).ShouldBe((permit.Number, item.Code, true));
        (await town.Seal.ReadAsync()).Issued.ShouldBe(1);
        var row = await town.RowAsync(permit.Number);
        (row.Disposition, row.Certificate, row.Work).ShouldBe((Disposition.Decided, view.Certificate, null));
        (await town.Bureau("government-service").ListAsync(null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Permit_Refused_IsDecidedWithoutACertificate()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("inspect", Day);
        await permit.DoAsync("report", Day.AddDays(5), F("finding", "不符合"));
        await permit.DoAsync("recommend", Day.AddDays(5), F("recommendation", "refuse"));
        await permit.DoAsync("extend", Day.AddDays(6), F("reason", "疑难"));
        await permit.DoAsync("refuse", Day.AddDays(7), F("reason", "不符合条件"));
        var view = await permit.ViewAsync();
        (view.Disposition, view.Ending, view.Certificate, view.Clock.Limit).ShouldBe((Disposition.Decided, "refused", null, 15));
        (await town.Seal.ReadAsync()).Issued.ShouldBe(0);
    }

    [Fact]
    public async Task Permit_SentBack_GoesToWhoReviewedIt()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        var reviewer = (await permit.ViewAsync()).Officers;
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        (await permit.ViewAsync()).Officers.ShouldNotBe(reviewer);
        await permit.DoAsync("send-back", Day, F("reason", "补充意见"));
        (await permit.ViewAsync()).Officers.ShouldBe(reviewer);
    }

    [Fact]
    public async Task Permit_PapersNeverCame_LapsesOnTheDayAfterTheLimit()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("notify", Day, F("missing", "图纸"));
        var last = RealSeeds.Library.Calendar.AddWorkingDays(Day, 30);
        await town.SweepAsync(last);
        (await permit.ViewAsync()).Step.ShouldBe("correction");
        await town.SweepAsync(last.AddDays(1));
        var view = await permit.ViewAsync();
        (view.Disposition, view.Ending).ShouldBe((Disposition.Withdrawn, "lapsed"));
    }

    [Fact]
    public async Task Permit_WindowSilent_IsAcceptedAsOfItsReceipt()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await town.SweepAsync(Day, Day.AddDays(8));
        var view = await permit.ViewAsync();
        (view.Step, view.Clock.Started, view.Officers.Length, view.Due).ShouldBe(
            ("review", true, 1, RealSeeds.Library.Calendar.AddWorkingDays(Day, 5))
        );
    }

    [Fact]
    public async Task Permit_Withdrawn_LeavesTheDesk()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        (await town.Bureau("government-service").ListAsync(null)).Select(w => w.Case).ShouldBe([permit.Number]);
        await permit.ByPublicAsync("withdraw", Day);
        (await permit.ViewAsync()).Disposition.ShouldBe(Disposition.Withdrawn);
        (await town.Bureau("government-service").ListAsync(null)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Permit_Overdue_IsToldToTheHeadAndThenToSupervision()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await town.SweepAsync(Day, new DateOnly(2019, 4, 25));
        (await ToldAsync(town, permit)).ShouldBe([
            (ClockColour.Amber, null),
            (ClockColour.Red, null),
            (ClockColour.Overdue, "head"),
            (ClockColour.Supervised, "supervision"),
        ]);
        (await town.RowAsync(permit.Number)).Colour.ShouldBe(ClockColour.Supervised);
    }

    [Fact]
    public async Task Permit_NobodyLookedForWeeks_IsStillToldToTheHeadFirst()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        await town.SweepAsync(new DateOnly(2019, 6, 3));
        await town.SweepAsync(new DateOnly(2019, 6, 4));
        (await ToldAsync(town, permit)).ShouldBe([(ClockColour.Overdue, "head"), (ClockColour.Supervised, "supervision")]);
    }

    [Fact]
    public async Task PermitByCounty_Late_IsToldToTheLeadingGroup()
    {
        var town = await cluster.FoundAsync();
        var item = town.Plan.RetainedItem();
        var permit = await town.OpenAsync("permit-by-county", item, PureCase.Public(), Day);
        await permit.DoAsync("accept", Day);
        (await permit.ViewAsync()).Workplace.ShouldBe($"linqing/{item.CountyDepartment}");
        await town.SweepAsync(Day, RealSeeds.Library.Calendar.AddWorkingDays(Day, item.Promised.Days + 1));
        (await ToldAsync(town, permit))[^1].ShouldBe((ClockColour.Overdue, "leading-group"));

        await permit.DoAsync("register", new DateOnly(2019, 5, 6));
        await permit.DoAsync("call-applicant", new DateOnly(2019, 5, 6), F("reason", "核对原件"));
        await permit.ByPublicAsync("appear", new DateOnly(2019, 5, 7));
        await permit.DoAsync("inspect", new DateOnly(2019, 5, 7));
        await permit.DoAsync("report", new DateOnly(2019, 5, 8), F("finding", "合格"));
        await permit.DoAsync("recommend", new DateOnly(2019, 5, 8), F("recommendation", "grant"));
        await permit.DoAsync("grant", new DateOnly(2019, 5, 9));
        await permit.DoAsync("deliver", new DateOnly(2019, 5, 10));
        var view = await permit.ViewAsync();
        (view.Ending, view.Certificate, view.Visits).ShouldBe(("granted", "临行许〔2019〕1号", 3));
    }

    [Fact]
    public async Task PermitByCounty_ItemThatTheTownHolds_IsRefused()
    {
        var town = await cluster.FoundAsync();
        var refused = town.NextCase();
        (await refused.TryOpenAsync("permit-by-county", town.Plan.Item("permit").Code, PureCase.Public(), Day))
            .ShouldBeRefused(RefusalCode.RouteClosed)
            .Clause.ShouldBe("A7");
        (await town.KindsAsync(refused.Stream)).ShouldBe(["case.act-refused"]);
    }

    [Fact]
    public async Task PermitByCounty_PermitsLeftToTheCounty_IsTheOnlyRoute()
    {
        var town = await cluster.NewTown().FoundAsync(null, "permit");
        var item = town.Plan.Item("permit");
        (await town.NextCase().TryOpenAsync("permit", item.Code, PureCase.Public(), Day)).ShouldBeRefused(RefusalCode.PowerNotInForce);
        await town.OpenAsync("permit-by-county", item, PureCase.Public(), Day);
    }

    [Fact]
    public async Task Confirmation_Confirmed_IsHandedOut()
    {
        var town = await cluster.FoundAsync();
        var confirmation = await town.OpenAsync("confirmation", town.Plan.Item("confirmation"), PureCase.Public(), Day);
        await confirmation.DoAsync("accept", Day);
        await confirmation.DoAsync("confirm", Day);
        await confirmation.DoAsync("deliver", Day);
        var view = await confirmation.ViewAsync();
        (view.Ending, view.Certificate).ShouldBe(("confirmed", "烟行确〔2019〕1号"));
    }

    [Fact]
    public async Task Payment_Approved_IsMadePublicAndPaidOutByOthers()
    {
        var town = await cluster.FoundAsync("guyun");
        var payment = await town.OpenAsync("payment", town.Plan.Item("payment"), PureCase.Public(), Day);
        await payment.DoAsync("accept", Day);
        await payment.DoAsync("recommend", Day, F("recommendation", "grant"));
        await town.SweepAsync(Day, RealSeeds.Library.Calendar.AddWorkingDays(Day, 7).AddDays(1));
        (await payment.ViewAsync()).Step.ShouldBe("decision");
        await payment.DoAsync("approve", Day.AddDays(15), F("amount", "1200.00"));
        await payment.DoAsync("pay-out", Day.AddDays(16));
        var view = await payment.ViewAsync();
        (view.Ending, view.Certificate).ShouldBe(("paid", "古行给〔2019〕1号"));
    }

    internal static async Task<IReadOnlyList<(ClockColour Colour, string? ToldTo)>> ToldAsync(TestTown town, TestCase @case) =>
        [
            .. (await town.Storage.Journal.ReadAsync(@case.Stream, 0, TestContext.Current.CancellationToken))
                .Select(TownReform.Grains.Cases.CaseCodec.Instance.Read)
                .OfType<TownReform.Grains.Rules.Cases.ClockTurned>()
                .Select(t => (t.Colour, t.ToldTo)),
        ];
}
