using TownReform.Grains.Cases;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>What comes late, twice, or is lost between a case and its workplace.</summary>
public sealed class LateNewsTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task HandOver_OfAStepThatIsOver_ChangesNothing()
    {
        var (town, permit) = await AtReviewAsync();
        var before = await permit.ViewAsync();
        await permit.Grain.HandOverAsync(new HandOver(PureCase.At(Day), 1, ["YD-030"]));
        (await permit.ViewAsync()).Officers.ShouldBe(before.Officers);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-taken"]);
    }

    [Fact]
    public async Task HandOver_WriteFails_IsTriedAgainByTheNextSweep()
    {
        var (town, permit) = await AtReviewAsync();
        var officer = (await permit.ViewAsync()).Officers.Single();
        await town.Staff(officer)
            .TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), Day.AddDays(1), Day.AddDays(9)));
        await town.DrainAsync();
        town.Journal.FailNext(permit.Stream);
        await Should.ThrowAsync<IOException>(() => town.Bureau("government-service").SweepAsync(PureCase.At(Day.AddDays(1))));
        (await permit.ViewAsync()).Officers.ShouldBe([officer]);
        (await town.Bureau("government-service").ListAsync(officer)).ShouldHaveSingleItem();
        await town.SweepAsync(Day.AddDays(1));
        var successor = (await permit.ViewAsync()).Officers.Single();
        successor.ShouldNotBe(officer);
        (await town.Bureau("government-service").ListAsync(successor)).ShouldHaveSingleItem().Case.ShouldBe(permit.Number);
    }

    [Fact]
    public async Task Sweep_OneCaseFaults_TheOthersHaveTheirTurn()
    {
        var town = await cluster.FoundAsync();
        var permits = new List<TestCase>();
        for (var n = 0; n < 3; n++)
        {
            permits.Add(await (await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day)).DoAsync("accept", Day));
        }

        var (due, bureau) = (Day.AddDays(90), town.Bureau("government-service"));
        town.Journal.FailNext(permits[0].Stream);
        await Should.ThrowAsync<IOException>(() => bureau.SweepAsync(PureCase.At(due)));
        foreach (var permit in permits)
        {
            (await permit.ViewAsync()).Colour.ShouldBe(permit == permits[0] ? ClockColour.Green : ClockColour.Supervised);
        }

        (await bureau.SweepAsync(PureCase.At(due))).Checked.ShouldBe([permits[0].Number]);
        (await permits[0].ViewAsync()).Colour.ShouldBe(ClockColour.Supervised);
    }

    [Fact]
    public async Task HandOver_OneOfTwoCantRecordIt_TheOtherIsHandedOver()
    {
        var (town, first) = await AtReviewAsync();
        var second = await (await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day)).DoAsync("accept", Day);
        foreach (var permit in new[] { first, second })
        {
            var officer = (await permit.ViewAsync()).Officers.Single();
            await town.Staff(officer)
                .TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), Day.AddDays(1), Day.AddDays(9)));
        }

        await town.DrainAsync();
        var (before, of) = ((await first.ViewAsync()).Officers, (await second.ViewAsync()).Officers);
        town.Journal.FailNext(first.Stream);
        await Should.ThrowAsync<IOException>(() => town.Bureau("government-service").SweepAsync(PureCase.At(Day.AddDays(1))));
        (await first.ViewAsync()).Officers.ShouldBe(before);
        (await second.ViewAsync()).Officers.ShouldNotBe(of);
        await town.SweepAsync(Day.AddDays(1));
        (await first.ViewAsync()).Officers.ShouldNotBe(before);
    }

    [Fact]
    public async Task Certificate_DeliveredTwice_IsSetOnce()
    {
        var (town, permit) = await AtReviewAsync();
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        await permit.DoAsync("grant", Day);
        var records = await town.Storage.Journal.ReadAsync("seal/yandian", 0, TestContext.Current.CancellationToken);
        var again = new Delivery(
            new EffectId("seal/yandian", records[^1].Version, 0),
            "case",
            $"{town.World}/{permit.Number}",
            PureCase.At(Day),
            new CertificateNumbered("烟行许〔2019〕9号")
        );
        await permit.Grain.ReceiveAsync([again]);
        await permit.Grain.ReceiveAsync([again]);
        (await permit.ViewAsync()).Certificate.ShouldBe("烟行许〔2019〕1号");
        (await town.KindsAsync(permit.Stream)).Count(k => k == "case.certificate-set").ShouldBe(1);
    }

    [Fact]
    public async Task StaffAway_DeliveredTwice_IsNotedOnce()
    {
        var town = await cluster.FoundAsync();
        await town.Staff("YD-024").TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(Day), Stamps.Leader), Day, Day));
        await town.DrainAsync();
        var version = (await town.Storage.Journal.ReadAsync("staff/yandian/YD-024", 0, TestContext.Current.CancellationToken))[^1].Version;
        await town.Bureau("government-service")
            .ReceiveAsync([
                TestTown.From("x", 1, new StaffAway("YD-024", AbsenceKind.Leave, Day, Day), PureCase.At(Day)) with
                {
                    Id = new EffectId("staff/yandian/YD-024", version, 0),
                },
            ]);
        (await town.KindsAsync("bureau/yandian/government-service")).Count(k => k == "bureau.absences-noted").ShouldBe(1);
    }

    [Fact]
    public async Task Act_AfterTheCaseEnded_IsRefusedAndRecorded()
    {
        var (town, permit) = await AtReviewAsync();
        var reviewer = await permit.OfficerAsync();
        await permit.ByPublicAsync("withdraw", Day);
        (await permit.TryAsync("recommend", reviewer, Day, F("recommendation", "grant"))).ShouldBeRefused(RefusalCode.CaseEnded);
        (await town.KindsAsync(permit.Stream))[^1].ShouldBe("case.act-refused");
        (await permit.ViewAsync()).Disposition.ShouldBe(Disposition.Withdrawn);
    }

    [Fact]
    public async Task DueDay_FollowedAfterARefusal_IsDatedAfterIt()
    {
        var (town, permit) = await AtReviewAsync();
        (await permit.TryAsync("grant", PureCase.Public(), Day.AddDays(1))).Refusal.ShouldNotBeNull();
        (
            await permit.Grain.FollowDueDayAsync(
                new FollowDueDay(PureCase.At(Day).AddHours(1), Day.AddDays(1), Day.AddDays(1), "calendar", [])
            )
        ).ShouldBeTrue();
        var records = await town.Storage.Journal.ReadAsync(permit.Stream, 0, TestContext.Current.CancellationToken);
        var moved = (DueDayMoved)CaseCodec.Instance.Read(records[^1]);
        (moved.At, records[^1].At).ShouldBe((records[^2].At, records[^2].At));
    }

    private async Task<(TestTown Town, TestCase Permit)> AtReviewAsync()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), Day);
        return (town, await permit.DoAsync("accept", Day));
    }
}
