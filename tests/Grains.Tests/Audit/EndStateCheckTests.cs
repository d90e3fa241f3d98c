using TownReform.Grains.Assessments;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Establishment;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Staff;
using TownReform.Grains.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>The record as a whole: what is sound passes every check, and each thing that can be wrong with records is found where it
/// is.</summary>
[ShowsClause("I2")]
public sealed class EndStateCheckTests(SoundTown town) : IClassFixture<SoundTown>
{
    [Fact]
    public void Sound_EveryCheck_HasLookedAndFoundNothing()
    {
        var history = town.History;
        var report = history.Check(history.Records.Select(record => new AcknowledgedCommand(record.CommandId, record.Stream, record.Kind)));
        report.Sound.ShouldBeTrue(string.Join('\n', report.Checks.SelectMany(c => c.First)));
        report.Checks.Where(c => c.Looked == 0).Select(c => c.Check).ShouldBeEmpty();
        report.Checks.Select(c => c.Check).ShouldBeUnique();
        (report.Records, report.Streams).ShouldBe(
            (history.Records.LongCount(), history.Records.Select(r => r.Stream).Distinct().LongCount())
        );
    }

    /// <summary>Keys that somebody made up, as a forged call may name them: what was refused there is on record, and no breach.</summary>
    [Theory]
    [InlineData("YD-025")]
    [InlineData("nowhere/YD-025")]
    [InlineData("/YD-025")]
    [InlineData("yandian/")]
    public void Refusals_UnderAKeyOfNoOffice_AreSound(string key)
    {
        const string Like = "staff/yandian/YD-025";
        var refused = new Refused("take-leave", new Refusal(RefusalCode.NoSuchOffice, "I2", new("无", "none"), []));
        town.History.Begin(StaffRecord.Events, $"staff/{key}", new StaffRefused(refused), Like).Check().ShouldBeSound();
        town.History.Begin(AssessmentRecord.Events, $"assessment-round/{key}", new AssessmentRefused(refused), Like)
            .Check()
            .ShouldBeSound();
    }

    [Fact]
    public void Chains_PayloadEdited_IsNamed()
    {
        // Without computing the hash anew, as somebody would who knows nothing of it.
        var edited = town.History.Replace<ScannedRecord>(part =>
            part.Record is { Version: 2 } it && it.Stream == town.Open ? new(it with { ActorId = "YD-030" }) : part
        );
        edited.Check().ShouldBreach("chains", town.Open, 2);
    }

    [Fact]
    public void Records_UnknownKind_IsNamed() =>
        town
            .History.Edit(town.Open, 2, record => record with { Kind = "case.lost" })
            .Check()
            .ButNothingElse("records", "read-model")
            .ShouldBreach("records", town.Open, 2);

    [Fact]
    public void Records_PayloadNotJson_IsNamed() =>
        town
            .History.Edit("bureau/yandian/enforcement", 1, record => record with { Payload = "受理"u8.ToArray() })
            .Check()
            .ButNothingElse("records")
            .ShouldBreach("records", "bureau/yandian/enforcement", 1);

    [Fact]
    public void Records_EventThatCantFollow_IsNamed() =>
        town
            .History.Append(EstablishmentRecord.Events, "establishment/yandian", new PostReleased("YD-901"), Stamps.Personnel)
            .Check()
            .ButNothingElse("records", "posts")
            .ShouldBreach("records", "establishment/yandian", town.History.LastOf("establishment/yandian") + 1);

    [Fact]
    public void Records_OfAnotherWorldOrOffice_AreNamed()
    {
        var strange = town.History.Edit(town.Refused, 1, record => record with { World = "live" });
        strange.Check().ShouldBreach("records", town.Refused, 1);
        town.History.Edit(town.Refused, 1, record => record with { Stream = "ledger/yandian" })
            .Check()
            .ShouldBreach("records", "ledger/yandian", 1);
    }

    [Fact]
    public void Records_UnreadableRow_IsNamed() =>
        town
            .History.Add(
                new ScannedUnreadable(new ChainFault(ChainFaultKind.Edited, town.Open, 9, 1, new Words("坏", "bad")), OfRecord: true)
            )
            .Check()
            .ShouldBreach("records", town.Open, 9);

    [Fact]
    public void Outbox_EffectThatNeitherArrivedNorWaits_IsNamed()
    {
        const string Powers = "catalogue/yandian";
        var lost = town.History.Remove(Powers, town.History.LastOf(Powers)).Check().Of("outbox");
        lost.Breaches.ShouldBe(1);
        lost.First.ShouldHaveSingleItem().Why.En.ShouldContain("adjust-power");

        // While something waits it may be that.
        town.History.Remove(Powers, town.History.LastOf(Powers))
            .Replace<ScannedWaiting>(_ => new ScannedWaiting(1))
            .Check()
            .Of("outbox")
            .Breaches.ShouldBe(1);
    }

    [Fact]
    public void Plan_FoundedFromAnother_IsNamed() =>
        town
            .History.Change(TownRecord.Events, "town/yandian", 1, (TownFounded it) => it with { PlanHash = "0" })
            .Check()
            .ButNothingElse("plan")
            .ShouldBreach("plan", "town/yandian", 1);

    [Fact]
    public void Commands_IdTwiceOnAStream_IsNamed()
    {
        var first = town.History.Records.Single(r => r.Stream == town.Granted && r.Version == 3).CommandId;
        town.History.Edit(town.Granted, 5, record => record with { CommandId = first })
            .Check()
            .ButNothingElse("commands")
            .ShouldBreach("commands", town.Granted, 5);
    }

    [Fact]
    public void Commands_IdOnTwoStreams_IsSound()
    {
        var other = town.History.Records.Single(r => r.Stream == town.Granted && r.Version == 3).CommandId;
        town.History.Edit(town.Open, 2, record => record with { CommandId = other }).Check().Sound.ShouldBeTrue();
    }

    [Fact]
    public void Acknowledged_ButLost_IsNamed()
    {
        var lost = new AcknowledgedCommand(Guid.Parse("6f1c7b0e-3a55-4d0c-9a7e-0000000000a1"), town.Open, "recommend");
        town.History.Check(lost).ButNothingElse("acknowledged").ShouldBreach("acknowledged", town.Open, null);
        town.History.Check(lost with { Stream = "case/YD99999999" }).ShouldBreach("acknowledged", "case/YD99999999", null);
    }

    [Fact]
    public void Acknowledged_ByActOrKindOrTwice_IsSound()
    {
        var granted = Of(town.Granted, 5);
        town.History.Check(
                granted with
                {
                    What = "grant",
                },
                granted with
                {
                    What = "case.act-taken",
                },
                granted,
                granted,
                Of(town.Granted, 2) with
                {
                    What = "case.act-refused",
                }
            )
            .Sound.ShouldBeTrue();
    }

    [Fact]
    public void Acknowledged_AsSomethingElse_IsNamed()
    {
        town.History.Check(Of(town.Granted, 5) with { What = "refuse" }).ShouldBreach("acknowledged", town.Granted, 5);
        town.History.Check(Of(town.Granted, 2) with { What = "grant" }).ShouldBreach("acknowledged", town.Granted, 2);
    }

    [Fact]
    public void Acknowledged_NobodyKeptThem_IsNoCheck() =>
        town.History.Check(null!).Checks.ShouldNotContain(c => c.Check == "acknowledged");

    [Fact]
    public void Outbox_EffectWaits_IsNamed() =>
        town.History.Replace<ScannedWaiting>(_ => new(2)).Check().ButNothingElse("outbox").ShouldBreach("outbox", null, null);

    [Fact]
    public void Sheets_MoreThanFits_ComeBackWhole()
    {
        using var sheets = new CommandSheets(kept: 3);
        var entries = Enumerable
            .Range(1, 5000)
            .Select(n => new CommandEntry(new Guid(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(n % 7)), n, n / 3, 1, 2))
            .ToArray();
        foreach (var entry in entries)
        {
            sheets.Add(entry);
        }

        var read = sheets.Read().SelectMany(sheet => sheet.ToArray()).ToArray();
        read.OrderBy(entry => entry.Version).ShouldBe(entries);
    }

    private AcknowledgedCommand Of(string stream, long version) =>
        new(town.History.Records.Single(r => r.Stream == stream && r.Version == version).CommandId, stream);
}
