using TownReform.Grains.Cases;
using TownReform.Grains.Establishment;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Powers;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Records whose moments, or whose speakers, can't be (O).</summary>
public sealed class MomentBreachTests(SoundTown town) : IClassFixture<SoundTown>
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void Stream_ThatGoesBack_IsNamed(int seconds, bool breach)
    {
        // The review is dated after the grant, as in a record of which somebody wants the decision to be timely.
        var history = town.History;
        var granted = history.Records.Single(r => r.Stream == town.Granted && r.Version == 5);
        var report = history
            .Edit(
                town.Granted,
                4,
                record => record with { At = granted.At.AddSeconds(-seconds), ReceivedAt = granted.At.AddSeconds(-seconds) }
            )
            .Check();
        (report.Of("moments").Breaches > 0).ShouldBe(breach);
        if (breach)
        {
            report.ShouldBreach("moments", town.Granted, 5).Why.En.ShouldContain("back in time");
        }
    }

    [Fact]
    public void Record_WithoutReceiptAfterOneWithIt_IsNamed() =>
        town
            .History.Edit(town.Granted, 4, record => record with { ReceivedAt = null, Digest = null })
            .Check()
            .ButNothingElse("moments")
            .ShouldBreach("moments", town.Granted, 4);

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void Receipt_FarFromTheMoment_IsNamedUnlessLate(int seconds, bool breach)
    {
        var report = Live(record => record with { ReceivedAt = record.At.AddSeconds(seconds) }).Check();
        (report.Of("moments").Breaches > 0).ShouldBe(breach);
        Live(record =>
                record with
                {
                    ReceivedAt = record.At.AddSeconds(seconds),
                    Late = StoredLate.Write(new LateEntry("停电", "登记本 12 页")),
                }
            )
            .Check()
            .Of("moments")
            .Breaches.ShouldBe(0);
    }

    [Fact]
    public void LateEntries_AreListedAndNoBreach()
    {
        var report = Live(record =>
                record with
                {
                    ReceivedAt = record.At.AddDays(3),
                    Late = StoredLate.Write(new LateEntry("停电", "登记本 12 页")),
                }
            )
            .Check();
        (report.LateCount, report.Late.Length).ShouldBe((1, 1));
        (report.Late[0].Stream, report.Late[0].Version, report.Late[0].Reason, report.Late[0].Paper).ShouldBe(
            (town.Granted, 4, "停电", "登记本 12 页")
        );
        Live(record => record with { Late = "{}" }).Check().ShouldBreach("moments", town.Granted, 4);
    }

    [Theory]
    [InlineData(-300, false)]
    [InlineData(-301, true)]
    public void Receipts_ThatRunBackwardsForOneWriter_AreNamed(int seconds, bool breach)
    {
        var history = town.History;
        var granted = history.Records.Single(r => r.Stream == town.Granted && r.Version == 4);
        var report = history
            .Replace<ScannedRecord>(part =>
                part.Record.Stream != town.Granted || part.Record.Version is not (4 or 5)
                    ? part
                    : part with
                    {
                        Commit = part.Record.Version,
                        Writer = 1,
                        Record = part.Record with
                        {
                            ReceivedAt = granted.At.AddSeconds(part.Record.Version == 4 ? 0 : seconds),
                            Late = StoredLate.Write(new("x", "y")),
                        },
                    }
            )
            .Check();
        report.Of("moments").First.Any(b => b.Why.En.Contains("same writer", StringComparison.Ordinal)).ShouldBe(breach);
    }

    [Fact]
    public void Act_AsTheSystemThatNoRuleCaused_IsNamed()
    {
        var lapsed = new ActTaken(
            Act: "hand-back",
            From: "review",
            To: "handed-back",
            By: ["system"],
            Workplace: null,
            Officers: [],
            Clock: null,
            ExtendedDays: 0,
            Visit: false,
            Disposition: Disposition.Transferred,
            Granted: false,
            Colour: ClockColour.Green,
            At: default,
            Day: default,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            Fields: []
        );
        var version = town.History.LastOf(town.Open) + 1;
        var at = town.History.Records.Last(r => r.Stream == town.Open).At.AddMinutes(1);
        town.History.Append(CaseCodec.Instance, town.Open, lapsed with { At = at, Day = DateOnly.FromDateTime(at.AddHours(8).DateTime) })
            .Check()
            .Of("transitions")
            .First.ShouldContain(b => b.Stream == town.Open && b.Version == version && b.Why.En.Contains("no rule caused it"));
    }

    [Fact]
    public void Certificate_WithoutAGrant_IsNamed()
    {
        var version = town.History.LastOf(town.Open) + 1;
        var at = town.History.Records.Last(r => r.Stream == town.Open).At.AddMinutes(1);
        town.History.Append(CaseCodec.Instance, town.Open, new CertificateSet("烟行许〔2019〕99号", at))
            .Check()
            .Of("seals")
            .First.ShouldContain(b => b.Stream == town.Open && b.Version == version && b.Why.En.Contains("nothing was granted"));
    }

    [Fact]
    public void Decision_AfterTheRecallWasPublished_IsNamed_AndBeforeItIsNot()
    {
        var history = town.History;
        var granted = history.Records.Single(r => r.Stream == town.Granted && r.Version == 5);
        var subject = (
            (CaseOpened)CaseCodec.Instance.Read(history.Records.Single(r => r.Stream == town.Granted && r.Version == 1))
        ).Subject;
        var taken = (ActTaken)CaseCodec.Instance.Read(granted);
        var recall = new PowerAdjusted(
            "YD00000077",
            subject,
            PowerChange.Recall,
            new PowerEntry(1, PowerStanding.Recalled, taken.Day, null)
        );
        bool Breaches(DateTimeOffset published)
        {
            var changed = town.History.Append(CatalogueRecord.Events, "catalogue/yandian", recall);
            return changed
                .Edit(
                    "catalogue/yandian",
                    changed.LastOf("catalogue/yandian"),
                    record => record with { At = published, ReceivedAt = published }
                )
                .Check()
                .Of("transitions")
                .First.Any(b => b.Stream == town.Granted && b.Version == 5 && b.Why.En.Contains("was not the town's"));
        }

        var item = RealSeeds.Yandian.Items[subject];
        Breaches(granted.At.AddHours(-1)).ShouldBe(item.InFlight != InFlightRule.Finish);
        Breaches(granted.At.AddHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void Leave_ApprovedBySomebodyWithoutTheOffice_IsNamed()
    {
        town.History.Edit(
                "staff/yandian/YD-025",
                town.History.LastOf("staff/yandian/YD-025", LeaveTaken.DurableName),
                record => record with { ActorId = "YD-024", ActorOffice = "government-service" }
            )
            .Check()
            .ButNothingElse("speakers")
            .ShouldBreach("speakers", "staff/yandian/YD-025", town.History.LastOf("staff/yandian/YD-025", LeaveTaken.DurableName));
    }

    /// <summary>Whoever no record knows held no office; and the streams of those who did may come later than what they said.</summary>
    [Theory]
    [InlineData("staff/yandian/YD-025", LeaveTaken.DurableName)]
    [InlineData(SoundTown.Round, AssessmentOpened.DurableName)]
    [InlineData(SoundTown.Round, StaffMarked.DurableName)]
    public void Act_ByACitizen_IsNamed(string stream, string kind)
    {
        var version = town.History.LastOf(stream, kind);
        town.History.Edit(stream, version, record => record with { ActorId = "C1", ActorOffice = Actor.Public })
            .Check()
            .ButNothingElse("speakers")
            .ShouldBreach("speakers", stream, version);
    }

    [Theory]
    [InlineData("YD-014", "party-building-office", false)]
    [InlineData("YD-025", "party-building-office", true)]
    [InlineData("C1", "public", true)]
    [InlineData("YD-014", "public", true)]
    [InlineData("system", "system", true)]
    public void Post_FilledBySomebodyElseThanPersonnel_IsNamed(string who, string office, bool breach)
    {
        var history = town.History.Append(EstablishmentRecord.Events, "establishment/yandian", new PostReleased("YD-025"));
        var version = history.LastOf("establishment/yandian");
        history
            .Edit("establishment/yandian", version, record => record with { ActorId = who, ActorOffice = office, ReceivedAt = record.At })
            .Check()
            .Of("speakers")
            .Breaches.ShouldBe(breach ? 1 : 0);
    }

    [Theory]
    [InlineData("YD-001", "party-government-office", false)]
    [InlineData("YD-041", "enforcement", false)]
    [InlineData("YD-043", "enforcement", true)]
    [InlineData("YD-041", "government-service", true)]
    [InlineData("C1", "public", true)]
    public void EffectSentAgain_BySomebodyWhoLeadsNothing_IsNamed(string who, string office, bool breach)
    {
        var history = town.History.Append(
            TownRecord.Events,
            "town/yandian",
            new EffectSentAgain(1, "case/YD00000001", 1, 0, "seal", "yandian")
        );
        var version = history.LastOf("town/yandian");
        history
            .Edit("town/yandian", version, record => record with { ActorId = who, ActorOffice = office, ReceivedAt = record.At })
            .Check()
            .Of("speakers")
            .Breaches.ShouldBe(breach ? 1 : 0);
    }

    // As a live town's: the record is one of a commit.
    private History Live(Func<JournalRecord, JournalRecord> edit)
    {
        var history = town.History.Edit(town.Granted, 4, edit);
        return history.Replace<ScannedRecord>(part =>
            part.Record.Stream == town.Granted && part.Record.Version == 4 ? part with { Commit = 1, Writer = 1 } : part
        );
    }
}
