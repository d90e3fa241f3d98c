using System.Collections.Immutable;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

/// <summary>A text that can't be taken is told by name and recorded nowhere, whichever office it is sent to.</summary>
public sealed class HostileTextsTests(CaseCluster cluster)
{
    private static readonly string[] Hostile = [new string('名', 30_000), "甲\u001b[2J", "甲\0", "\ud800", " "];

    [Fact]
    public async Task Commands_WithAnActorThatCannotBe_AreRefusedAndNotRecorded()
    {
        var town = await cluster.FoundAsync();
        var permit = await town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), PureCase.Day);
        var before = await RecordsAsync(town, permit);
        foreach (var text in Hostile)
        {
            var stamp = Stamps.Next(PureCase.At(PureCase.Day), new Actor(text, Actor.Public));
            var code = text switch
            {
                " " => RefusalCode.TextMissing,
                { Length: > 1000 } => RefusalCode.TextTooLong,
                _ => RefusalCode.TextForbidden,
            };
            foreach (var refusal in await SendAsync(town, permit, stamp))
            {
                refusal.ShouldBe(code).Of("field").ShouldBe("actor.id");
                refusal!.ToString().Length.ShouldBeLessThan(1000);
            }
        }

        (await RecordsAsync(town, permit)).ShouldBe(before);
    }

    [Fact]
    public async Task Keys_ThatCannotBe_AreAnsweredAndNotRead()
    {
        var town = await cluster.FoundAsync();
        foreach (var text in Hostile)
        {
            var @case = town.Case(text);
            (await @case.Grain.ReadAsync()).ShouldBeRefused(RefusalCode.CaseUnknown).ToString().Length.ShouldBeLessThan(600);
            (await @case.Grain.ActAsync(new(Stamps.Next(), "accept", []))).Refusal.ShouldNotBeNull();
            (await @case.TryOpenAsync("permit", town.Plan.Item("permit").Code, PureCase.Public(), PureCase.Day))
                .Refusal.ShouldNotBeNull()
                .Of("field")
                .ShouldBe("key");
            (await town.Staff(text).ReadAsync()).ShouldBeRefused(RefusalCode.StaffUnknown).ToString().Length.ShouldBeLessThan(600);
            (await town.Staff(text).TakeLeaveAsync(new(Stamps.Next(), PureCase.Day, PureCase.Day))).Refusal.ShouldNotBeNull();
            (await town.Catalogue.HoldingAsync(text, PureCase.Day))
                .ShouldBeRefused(RefusalCode.PowerUnknown)
                .ToString()
                .Length.ShouldBeLessThan(600);
        }
    }

    [Fact]
    public async Task Open_IdInOtherWriting_IsTheSameParty()
    {
        var town = await cluster.FoundAsync();
        var first = town.NextCase();
        (await first.Grain.OpenAsync(Opening(town, " １１０１０１ 19900307 803x ")))
            .ShouldSucceed()
            .Party.Id.ShouldBe("11010119900307803X");
        var index = town.Grains.GetGrain<ICaseIndexGrain>(town.World);
        foreach (var typed in new[] { "11010119900307803X", "11010119900307803x", "110101 19900307 803X" })
        {
            (await index.ListAsync(new CaseSearch(Party: typed))).ShouldHaveSingleItem().Number.ShouldBe(first.Number);
        }

        (await index.ListAsync(new CaseSearch(Party: "甲\0"))).ShouldBeEmpty();
        (await index.ListAsync(new CaseSearch(Labels: []))).ShouldNotBeEmpty();
        var most = Enumerable.Range(0, CaseLabel.Most).Select(n => new CaseLabel("grid", $"{n}"));
        foreach (
            ImmutableArray<CaseLabel> labels in (ImmutableArray<CaseLabel>[])
                [
                    [default],
                    [new("grid", "\0")],
                    [.. most],
                    [.. most, new("grid", "33")],
                ]
        )
        {
            (await index.ListAsync(new CaseSearch(Labels: labels))).ShouldBeEmpty();
        }

        (await first.TryAsync("withdraw", new Actor("11010119900307803x", Actor.Public), PureCase.Day)).ShouldSucceed();
    }

    private static OpenCase Opening(TestTown town, string party) =>
        new(
            Stamp: Stamps.Next(PureCase.At(PureCase.Day), new Actor(party, Actor.Public)),
            Town: town.Plan.Code,
            Procedure: "permit",
            Subject: town.Plan.Item("permit").Code,
            Party: new Party(party, "张三", false),
            Green: false,
            Fields: []
        );

    private static async Task<Refusal?[]> SendAsync(TestTown town, TestCase @case, Stamp stamp)
    {
        var staff = town.Plan.Staff[0];
        var (establishment, round) = (
            town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code)),
            town.Grains.GetGrain<IAssessmentRoundGrain>(Address.AssessmentRound(town.World, town.Plan.Code, "2019"))
        );
        return
        [
            (await town.NextCase().Grain.OpenAsync(Opening(town, "P1") with { Stamp = stamp })).Refusal,
            (await @case.Grain.ActAsync(new(stamp, "accept", []))).Refusal,
            (await town.County("finance").AnswerFilingAsync(new(stamp, @case.Number, FilingAnswer.File))).Refusal,
            (await town.Staff(staff.Id).HireAsync(new(stamp, staff))).Refusal,
            (await town.Staff(staff.Id).TakeLeaveAsync(new(stamp, PureCase.Day, PureCase.Day))).Refusal,
            (await establishment.AppointAsync(new(stamp, staff.Id, staff.Class))).Refusal,
            (await establishment.ReleaseAsync(new(stamp, staff.Id))).Refusal,
            (await round.OpenAsync(new(stamp, 2019, []))).Refusal,
            (await round.MarkAsync(new(stamp, staff.Id, Grade.Competent))).Refusal,
            (await round.CloseAsync(new(stamp))).Refusal,
            (await town.Catalogue.FoundAsync(new(stamp, PureCase.Day, []))).Refusal,
            (await town.Grains.GetGrain<ITownInside>(Address.Town(town.World, town.Plan.Code)).FoundAsync(new(stamp, []))).Refusal,
        ];
    }

    private static async Task<int> RecordsAsync(TestTown town, TestCase @case)
    {
        var records = 0;
        foreach (
            var stream in new[]
            {
                @case.Stream,
                "town/yandian",
                "establishment/yandian",
                "catalogue/yandian",
                "assessment-round/yandian/2019",
                $"staff/yandian/{town.Plan.Staff[0].Id}",
                $"county-office/{town.Plan.County.Code}/finance",
            }
        )
        {
            records += (await town.KindsAsync(stream)).Length;
        }

        return records;
    }
}
