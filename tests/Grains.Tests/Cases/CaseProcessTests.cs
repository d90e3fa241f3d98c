using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Grains.Tests.Cases.Permits;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Cases;

/// <summary>Repeat, wrong order, failed write, reused ids, crowds and rivals: what any case must stand.</summary>
public sealed class CaseProcessTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Act_Repeated_GetsTheSameAnswerAlsoAfterACrash()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var accept = new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "accept", []);
        var first = (await permit.Grain.ActAsync(accept)).ShouldSucceed();
        Same((await permit.Grain.ActAsync(accept)).ShouldSucceed(), first);
        await permit.DoAsync("recommend", Day.AddDays(1), F("recommendation", "grant"));
        await cluster.ForgetAsync(permit.Grain);
        Same((await permit.Grain.ActAsync(accept)).ShouldSucceed(), first);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-taken", "case.act-taken"]);
    }

    [Fact]
    public async Task Act_RefusedAndRepeated_IsRecordedOnce()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var grant = new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "grant", []);
        (await permit.Grain.ActAsync(grant)).ShouldBeRefused(RefusalCode.ActNotHere);
        await cluster.ForgetAsync(permit.Grain);
        (await permit.Grain.ActAsync(grant)).ShouldBeRefused(RefusalCode.ActNotHere);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-refused"]);
        (await permit.ViewAsync()).Step.ShouldBe("intake");
    }

    [Fact]
    public async Task Act_IdOfAnotherAct_IsRefused()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var stamp = Stamps.Next(PureCase.At(Day), await permit.OfficerAsync());
        (await permit.Grain.ActAsync(new ActOnCase(stamp, "accept", []))).ShouldSucceed();
        (await permit.Grain.ActAsync(new ActOnCase(stamp, "decline", [F("reason", "不符")]))).ShouldBeRefused(RefusalCode.CommandIdReused);
        (await permit.ViewAsync()).Step.ShouldBe("review");
        (await town.KindsAsync(permit.Stream)).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Open_Repeated_GetsTheSameCaseUnderItsFirstNumber()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var command = Opening(town);
        var first = town.NextCase();
        Same((await first.Grain.OpenAsync(command)).ShouldSucceed(), (await first.Grain.OpenAsync(command)).ShouldSucceed());
        await cluster.ForgetAsync(first.Grain);
        (await first.Grain.OpenAsync(command)).ShouldSucceed().Number.ShouldBe(first.Number);
        var second = town.NextCase();
        (await second.Grain.OpenAsync(command)).ShouldSucceed().Number.ShouldBe(first.Number);
        (await second.Grain.ReadAsync()).ShouldBeRefused(RefusalCode.CaseUnknown);
        (await town.Bureau("government-service").ListAsync(null)).Select(w => w.Case).Order().ShouldBe([permit.Number, first.Number]);
    }

    [Fact]
    public async Task Open_NumberTaken_LeavesTheOtherCaseInItsQueue()
    {
        var (town, permit) = await OpenedAsync(cluster);
        await cluster.ForgetAsync(permit.Grain);
        (await permit.Grain.OpenAsync(Opening(town))).ShouldBeRefused(RefusalCode.CaseNumberTaken);
        (await town.Bureau("government-service").ListAsync(null)).ShouldHaveSingleItem().Case.ShouldBe(permit.Number);
        await permit.DoAsync("accept", Day);
    }

    [Theory]
    [InlineData("nowhere", "permit", null, RefusalCode.TownUnknown)]
    [InlineData("yandian", "nothing", null, RefusalCode.ProcedureUnknown)]
    [InlineData("yandian", "permit", "YD-XX-001", RefusalCode.SubjectUnknown)]
    [InlineData("yandian", "secondment", "YD-999", RefusalCode.StaffUnknown)]
    public async Task Open_SomethingUnknown_IsToldAndNotRecorded(string code, string procedure, string? subject, RefusalCode refusal)
    {
        var town = await cluster.FoundAsync();
        var @case = town.NextCase();
        (
            await @case.Grain.OpenAsync(
                Opening(town) with
                {
                    Town = code,
                    Procedure = procedure,
                    Subject = subject ?? town.Plan.Item("permit").Code,
                }
            )
        ).ShouldBeRefused(refusal);
        (await town.KindsAsync(@case.Stream)).ShouldBeEmpty();
        (await @case.TryAsync("accept", PureCase.Public(), Day)).ShouldBeRefused(RefusalCode.CaseUnknown);
    }

    [Fact]
    public async Task Open_SomethingUnknownUnderATakenNumber_LeavesTheOtherCaseKnown()
    {
        var (town, permit) = await OpenedAsync(cluster);
        await cluster.ForgetAsync(permit.Grain);
        (await permit.Grain.OpenAsync(Opening(town) with { Procedure = "nothing" })).ShouldBeRefused(RefusalCode.CaseNumberTaken);
        (await permit.ViewAsync()).Step.ShouldBe("intake");
        await permit.DoAsync("accept", Day);
    }

    [Theory]
    [InlineData("fly", null, RefusalCode.ActUnknown)]
    [InlineData("accept", "colour", RefusalCode.FieldUnknown)]
    [InlineData("notify", null, RefusalCode.FieldMissing)]
    public async Task Act_Mistyped_IsToldAndNotRecorded(string act, string? field, RefusalCode refusal)
    {
        var (town, permit) = await OpenedAsync(cluster);
        var officer = await permit.OfficerAsync();
        (await permit.TryAsync(act, officer, Day, field is null ? [] : [new Field(field, "x")])).ShouldBeRefused(refusal);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened"]);
        (await permit.TryAsync("grant", officer, Day)).ShouldBeRefused(RefusalCode.ActNotHere);
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-refused"]);
    }

    [Theory]
    [InlineData("YD-999", "public")]
    [InlineData("yd-999", "public")]
    [InlineData("YD-999", "government-service")]
    public async Task Act_ByAnIdLikeStaffThatNobodyHas_IsToldAndNotRecorded(string id, string office)
    {
        var (town, permit) = await OpenedAsync(cluster);
        (await permit.TryAsync("accept", new Actor(id, office), Day)).ShouldBeRefused(RefusalCode.StaffUnknown);
        (await permit.TryAsync("accept", new Actor("citizen-2", Actor.Public), Day)).ShouldBeRefused(RefusalCode.ActorWrongRole);
        (await permit.TryAsync("accept", new Actor((await permit.OfficerAsync()).Id, Actor.Public), Day)).ShouldBeRefused(
            RefusalCode.ActorWrongRole
        );
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-refused", "case.act-refused"]);
    }

    [Fact]
    public async Task Act_WriteFails_ChangesNothingAndCanBeDoneAgain()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var work = (await town.Bureau("government-service").ListAsync(null)).ShouldHaveSingleItem();
        town.Journal.FailNext(permit.Stream);
        var accept = new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "accept", []);
        await Should.ThrowAsync<IOException>(() => permit.Grain.ActAsync(accept));
        (await permit.ViewAsync()).Step.ShouldBe("intake");
        var after = (await town.Bureau("government-service").ListAsync(null)).ShouldHaveSingleItem();
        (after.Step, after.Version).ShouldBe((work.Step, work.Version));
        after.Officers.ShouldBe(work.Officers);
        (await permit.Grain.ActAsync(accept)).ShouldSucceed().Step.ShouldBe("review");
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-taken"]);
    }

    [Fact]
    public async Task Act_CommittedButUnanswered_IsFoundDoneWhenRepeated()
    {
        var (town, permit) = await OpenedAsync(cluster);
        town.Journal.AnswerLost(permit.Stream);
        var accept = new ActOnCase(Stamps.Next(PureCase.At(Day), await permit.OfficerAsync()), "accept", []);
        await Should.ThrowAsync<IOException>(() => permit.Grain.ActAsync(accept));
        (await town.Bureau("government-service").ListAsync(null)).ShouldHaveSingleItem().Step.ShouldBe("review");
        (await permit.Grain.ActAsync(accept)).ShouldSucceed().Step.ShouldBe("review");
        (await town.KindsAsync(permit.Stream)).ShouldBe(["case.opened", "case.act-taken"]);
    }

    [Fact]
    public async Task Open_WriteFails_LeavesNothingBehind()
    {
        var town = await cluster.FoundAsync();
        var permit = town.NextCase();
        town.Journal.FailNext(permit.Stream);
        var command = Opening(town);
        await Should.ThrowAsync<IOException>(() => permit.Grain.OpenAsync(command));
        (await town.Bureau("government-service").ListAsync(null)).ShouldBeEmpty();
        (await permit.Grain.ReadAsync()).ShouldBeRefused(RefusalCode.CaseUnknown);
        (await permit.Grain.OpenAsync(command)).ShouldSucceed().Step.ShouldBe("intake");
    }

    [Fact]
    public async Task Grant_TwoHundredAtOnce_DecideOnce()
    {
        var (town, permit) = await OpenedAsync(cluster);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        var decider = await permit.OfficerAsync();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i =>
                    permit.Grain.ActAsync(
                        new ActOnCase(
                            Stamps.Next(PureCase.At(Day), decider),
                            i % 2 == 0 ? "grant" : "refuse",
                            i % 2 == 0 ? [] : [F("reason", "不符合")]
                        )
                    )
                )
        );
        answers.Count(a => a.Refusal is null).ShouldBe(1);
        answers
            .Where(a => a.Refusal is not null)
            .ShouldAllBe(a => a.Refusal!.Code == RefusalCode.ActNotHere || a.Refusal.Code == RefusalCode.CaseEnded);
        await town.DrainAsync();
        (await town.KindsAsync(permit.Stream)).Count(k => k == "case.act-taken").ShouldBe(3);
        (await town.Seal.ReadAsync()).Issued.ShouldBe((await permit.ViewAsync()).Step == "delivery" ? 1 : 0);
    }

    [Fact]
    public async Task Act_RivalWroteFirst_IsCaughtByTheFence()
    {
        // Another silo's activation, as after a partition, appends behind this one's back.
        var (town, permit) = await OpenedAsync(cluster);
        var officer = await permit.OfficerAsync();
        var records = await town.Storage.Journal.ReadAsync(permit.Stream, 0, TestContext.Current.CancellationToken);
        var head = new TownReform.Grains.Journal.JournalHead(records[^1].Version, records[^1].Hash);
        var rival = new TownReform.Grains.Rules.Cases.ActRefused(
            "accept",
            "rival",
            TownReform.Grains.Rules.Cases.CaseRefusals.Unknown("rival"),
            PureCase.At(Day)
        );
        await town.Storage.Journal.AppendAsync(
            new(
                permit.Stream,
                head,
                [new(Stamps.Next(PureCase.At(Day)), rival.Kind, TownReform.Grains.Cases.CaseCodec.Instance.Write(rival))],
                []
            )
        );

        var accept = new ActOnCase(Stamps.Next(PureCase.At(Day), officer), "accept", []);
        await Should.ThrowAsync<JournalConflictException>(() => permit.Grain.ActAsync(accept));
        (await permit.ViewAsync()).Version.ShouldBe(2);
        (await town.Bureau("government-service").ListAsync(null)).ShouldHaveSingleItem().Step.ShouldBe("intake");
        (await permit.Grain.ActAsync(accept)).ShouldSucceed().Version.ShouldBe(3);
    }

    [Fact]
    public async Task Look_StepThatNeverCame_LeavesTheDesk()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var desk = town.Bureau("government-service");
        var ghost = (await desk.ListAsync(null)).Single() with { Case = "YD00099999", NextCheckOn = Day };
        var step = (await desk.ListAsync(null)).Single() with { Version = 9, Step = "review", NextCheckOn = Day, Officers = [] };
        await desk.EnqueueAsync(ghost);
        await desk.EnqueueAsync(step);
        await town.SweepAsync(Day);
        var left = (await desk.ListAsync(null)).ShouldHaveSingleItem();
        (left.Case, left.Step, left.Version).ShouldBe((permit.Number, "intake", 1));
    }

    [Fact]
    public async Task Bureau_Forgotten_WakesWithTheSameQueue()
    {
        var (town, permit) = await OpenedAsync(cluster);
        var desk = town.Bureau("government-service");
        var before = (await desk.ListAsync(null)).ShouldHaveSingleItem();
        await cluster.ForgetAsync(desk);
        var after = (await desk.ListAsync(null)).ShouldHaveSingleItem();
        (after.Case, after.Version, after.Due, after.NextCheckOn).ShouldBe((before.Case, before.Version, before.Due, before.NextCheckOn));
        after.Officers.ShouldBe(before.Officers);
        (await desk.NextAsync(before.Officers[0]))!.Case.ShouldBe(permit.Number);
    }

    [Fact]
    public async Task Green_ProjectCase_GoesFirst()
    {
        var town = await cluster.FoundAsync("guyun");
        for (var i = 0; i < 40; i++)
        {
            await town.NextCase().Grain.OpenAsync(Opening(town) with { Green = i == 39 });
        }

        var green = (await town.Bureau("government-service").ListAsync(null))[0];
        (green.Green, green.Case).ShouldBe((true, "GY00000040"));
        (await town.Bureau("government-service").NextAsync(green.Officers[0]))!.Case.ShouldBe(green.Case);
    }
}
