using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Staff;

public sealed class StaffGrainTests(TownCluster cluster)
{
    private static readonly Actor Head = new("EL-009", "service");

    private static readonly BeginSecondment Begin = new("C-1", "county-office", new(2019, 5, 1), new(2019, 10, 31));

    [Fact]
    public async Task Leave_Taken_IsToldToTheBureau()
    {
        var (town, staff) = await HiredAsync();
        var facts = (await staff.TakeLeaveAsync(new(Stamps.Next(actor: Head), new(2019, 4, 15), new(2019, 4, 19)))).ShouldSucceed();
        facts.Absences.ShouldBe([new Absence(AbsenceKind.Leave, new(2019, 4, 15), new(2019, 4, 19))]);
        var told = town.Journal.Left.Last();
        (told.TargetType, told.TargetKey).ShouldBe(("bureau", $"{town.World}/elm/service"));
        told.Effect.ShouldBe(new StaffAway("EL-001", AbsenceKind.Leave, new(2019, 4, 15), new(2019, 4, 19)));
    }

    [Fact]
    public async Task Leave_Overlapping_IsRefusedRecordedAndToldToNobody()
    {
        var (town, staff) = await HiredAsync();
        await staff.TakeLeaveAsync(new(Stamps.Next(actor: Head), new(2019, 4, 15), new(2019, 4, 19)));
        var left = town.Journal.Left.Count;
        (await staff.TakeLeaveAsync(new(Stamps.Next(actor: Head), new(2019, 4, 19), new(2019, 4, 22)))).ShouldBeRefused(
            RefusalCode.LeaveOverlaps
        );
        town.Journal.Left.Count.ShouldBe(left);
        (await town.KindsAsync("staff/elm/EL-001")).ShouldBe(["staff.hired", "staff.leave-taken", "staff.refused"]);
    }

    [Fact]
    public async Task Secondment_DeliveredTwiceAndByACrash_BeginsOnce()
    {
        var (town, staff) = await HiredAsync();
        await staff.ReceiveAsync([TestTown.From("C-1", 5, Begin)]);
        await cluster.ForgetAsync(staff);
        await staff.ReceiveAsync([TestTown.From("C-1", 5, Begin)]);
        await staff.ReceiveAsync([TestTown.From("C-1", 6, Begin)]);
        (await staff.ReadAsync())
            .ShouldSucceed()
            .Absences.ShouldBe([new Absence(AbsenceKind.Secondment, Begin.From, Begin.Until, "C-1", "county-office")]);
        town.Journal.Left.Count(d => d.Effect is StaffAway).ShouldBe(1);
    }

    [Fact]
    public async Task Secondment_EndedEarly_TellsTheBureauWhoIsBack()
    {
        var (town, staff) = await HiredAsync();
        await staff.ReceiveAsync([TestTown.From("C-1", 5, Begin)]);
        await staff.ReceiveAsync([TestTown.From("C-1", 9, new EndSecondment("C-1", new(2019, 8, 30)))]);
        (await staff.ReadAsync()).ShouldSucceed().Absences.ShouldHaveSingleItem().Until.ShouldBe(new(2019, 8, 30));
        town.Journal.Left.Last().Effect.ShouldBe(new StaffBack("EL-001", new(2019, 8, 31)));
    }

    [Fact]
    public async Task Secondment_EndArrivesFirst_LimitsTheBeginning()
    {
        var (_, staff) = await HiredAsync();
        await staff.ReceiveAsync([TestTown.From("C-1", 9, new EndSecondment("C-1", new(2019, 8, 30)))]);
        await staff.ReceiveAsync([TestTown.From("C-1", 5, Begin)]);
        (await staff.ReadAsync()).ShouldSucceed().Absences.ShouldHaveSingleItem().Until.ShouldBe(new(2019, 8, 30));
    }

    [Fact]
    public async Task Secondment_OfNobody_IsRecordedAsRefused()
    {
        var town = cluster.NewTown("elm");
        await town.Staff("EL-404").ReceiveAsync([TestTown.From("C-1", 5, Begin)]);
        (await town.KindsAsync("staff/elm/EL-404")).ShouldBe(["staff.refused"]);
        (await town.Staff("EL-404").ReadAsync()).ShouldBeRefused(RefusalCode.StaffUnknown);
    }

    [Fact]
    public async Task Hire_OtherParticularsOrOtherPerson_IsNotAccepted()
    {
        var (_, staff) = await HiredAsync();
        (await staff.HireAsync(new(Stamps.Next(), TestPlans.Person("EL-001", "enforcement")))).ShouldBeRefused(
            RefusalCode.StaffAlreadyKnown
        );
        await Should.ThrowAsync<ArgumentException>(() => staff.HireAsync(new(Stamps.Next(), TestPlans.Person("EL-002", "service"))));
    }

    /// <summary>Each approves the other's leave, on two silos: each is in its turn when the other asks who it is.</summary>
    [Fact]
    public async Task Leave_OfTwoSuperiorsByEachOther_NeitherWaitsForTheOther()
    {
        var town = cluster.NewTown("elm", apart: true);
        var (one, other) = (new Actor("EL-008", "service"), new Actor("EL-009", "enforcement"));
        foreach (var leader in new[] { one, other })
        {
            (
                await town.Staff(leader.Id)
                    .HireAsync(new(Stamps.Next(), TestPlans.Person(leader.Id, leader.Office) with { Roles = ["committee"] }))
            ).ShouldSucceed();
            await cluster.ForgetAsync(town.Staff(leader.Id));
        }

        // Both turns have begun when both are read.
        town.Journal.GatherReads(2);
        var leaves = await Task.WhenAll(
                town.Staff(one.Id).TakeLeaveAsync(new(Stamps.Next(actor: other), new(2019, 4, 15), new(2019, 4, 19))),
                town.Staff(other.Id).TakeLeaveAsync(new(Stamps.Next(actor: one), new(2019, 4, 15), new(2019, 4, 19)))
            )
            .WaitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        leaves.ShouldAllBe(leave => leave.Value!.Absences.Length == 1);
        (await town.Staff(one.Id).ReadAsync()).ShouldSucceed().Absences.Length.ShouldBe(1);
    }

    private async Task<(TestTown Town, IStaffInside Staff)> HiredAsync()
    {
        var town = cluster.NewTown("elm");
        (await town.Staff("EL-001").HireAsync(new(Stamps.Next(), TestPlans.Person("EL-001", "service")))).ShouldSucceed();
        (
            await town.Staff(Head.Id).HireAsync(new(Stamps.Next(), TestPlans.Person(Head.Id, "service") with { Roles = ["head"] }))
        ).ShouldSucceed();
        return (town, town.Staff("EL-001"));
    }
}
