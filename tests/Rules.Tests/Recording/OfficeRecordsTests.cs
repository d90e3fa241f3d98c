using System.Collections.Immutable;
using System.Text;
using TownReform.Grains.Assessments;
using TownReform.Grains.Counties;
using TownReform.Grains.Establishment;
using TownReform.Grains.Fees;
using TownReform.Grains.Intake;
using TownReform.Grains.Journal;
using TownReform.Grains.Powers;
using TownReform.Grains.Ratings;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Fees;
using TownReform.Grains.Rules.Intake;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Ratings;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seals;
using TownReform.Grains.Staff;
using TownReform.Grains.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Recording;

/// <summary>What is stored today must be written the same, and read back, by every later build: one golden line for each kind of
/// record.</summary>
public sealed class OfficeRecordsTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);
    private static readonly Stamp Stamp = new(new Guid(1, 0, 0, new byte[8]), new("YD-001", "service", "citizen"), Stamps.Morning);
    private static readonly Refused No = new(
        "act",
        new(RefusalCode.StaffUnknown, "D2", new("查无", "unknown"), [new Fact("staff", "YD-404")])
    );

    private static readonly ImmutableDictionary<string, string> Golden = File.ReadLines(
            Path.Combine(AppContext.BaseDirectory, "Recording", "office-records.v1.tsv")
        )
        .Select(line => line.Split('\t'))
        .ToImmutableDictionary(cells => cells[0], cells => cells[1]);

    [Fact]
    public void Write_EveryKind_IsTheGoldenLine() =>
        string.Join('\n', Everything().Select(r => $"{r.Kind}\t{r.Written}"))
            .ShouldBe(string.Join('\n', Everything().Select(r => $"{r.Kind}\t{Golden.GetValueOrDefault(r.Kind, "")}")));

    [Fact]
    public void Read_EveryGoldenLine_IsWrittenTheSameAgain()
    {
        Golden.Keys.Order(StringComparer.Ordinal).ShouldBe(Everything().Select(r => r.Kind).Order(StringComparer.Ordinal));
        Everything().ShouldAllBe(r => r.ReadAndWritten(Golden[r.Kind]) == Golden[r.Kind]);
    }

    [Fact]
    public void Write_AnyKind_CarriesSchemaAndNoTypeNames() =>
        Everything()
            .ShouldAllBe(r =>
                r.Written.StartsWith("{\"v\":1", StringComparison.Ordinal) && !r.Written.Contains("TownReform", StringComparison.Ordinal)
            );

    [Fact]
    public void Read_UnknownKindOrBrokenPayload_IsAFault()
    {
        Should.Throw<InvalidDataException>(() => StaffRecord.Events.Read(Record("staff.promoted", "{}")));
        Should.Throw<InvalidDataException>(() => StaffRecord.Events.Read(Record(StaffHired.DurableName, "{")));
    }

    private static IEnumerable<Sample> Everything() =>
        [
            .. Samples<StaffEvent>(
                StaffRecord.Events,
                new StaffHired(
                    TestPlans.Person("YD-001", "service") with
                    {
                        AgreementUntil = Day,
                        Absences = [new(AbsenceKind.Secondment, Day, Day, "YD00000001", "office")],
                    }
                ),
                new LeaveTaken(Day, Day),
                new SecondmentBegun("YD00000001", "office", Day, Day),
                new SecondmentEnded("YD00000001", Day),
                new OfficeEnded(Stamps.Morning),
                new OfficeResumed(Stamps.Morning),
                new StaffRefused(No)
            ),
            .. Samples<EstablishmentEvent>(
                EstablishmentRecord.Events,
                new PostFilled("YD-001", PostClass.Institution),
                new PostReleased("YD-001"),
                new EstablishmentRefused(No)
            ),
            .. Samples<AssessmentEvent>(
                AssessmentRecord.Events,
                new AssessmentOpened(2019, new(250, 0.5m, 0.20m), [new("YD-001", PostClass.Administrative, false, 3)]),
                new StaffMarked("YD-001", Grade.Excellent),
                new AssessmentClosed(),
                new AssessmentRefused(No)
            ),
            .. Samples<CatalogueEvent>(
                CatalogueRecord.Events,
                new CatalogueFounded(Day, ["penalty"], ["YD-XK-001"]) { NotReady = ["YD-XK-002"] },
                new PowerAdjusted("YD00000001", "YD-XK-001", PowerChange.Adjust, new(2, PowerStanding.InForce, Day, "5wd")),
                new CatalogueRefused(No)
            ),
            .. Samples<SealEvent>(
                SealRecord.Events,
                new CertificateIssued(
                    Case: "YD00000001",
                    Kind: "permit",
                    Item: "YD-XK-001",
                    Prefix: "烟行许",
                    Year: 2019,
                    Number: 1,
                    Certificate: "烟行许〔2019〕1号"
                ),
                new CertificateTold("YD00000001", "烟行许〔2019〕1号")
            ),
            .. Samples<FilingEvent>(
                FilingRecord.Events,
                new FilingReceived("YD00000001", "yandian", "YD-XK-001", true, true, Day),
                new FilingAnswered("YD00000001", FilingAnswer.DemandSeal, Day, "文物", "意见"),
                new InterferenceRecorded("YD00000001", FilingAnswer.Refuse, "zhang", "construction", Day, No),
                new FilingRefused(No)
            ),
            .. Samples<TownEvent>(
                TownRecord.Events,
                new TownFounded(Stamp, "00ff", Day, ["permit"], ["service"], ["YD-001"]),
                new TownSettled(),
                new CaseNumbersReserved(1, 100),
                new TownRefused(No),
                new EffectSentAgain(3, "case/YD00000001", 5, 0, "seal", "yandian"),
                new SeedsTaken([new("permit", 1, "00ff")], new(Day, Day, [Day]), "00ff", [new(Day, true)], All: true, "calendar"),
                new DueDaysFollowed(3)
            ),
            .. Samples<ReceiptNumberEvent>(ReceiptNumberRecord.Events, new ReceiptNumberUsed("YD00000001", Stamps.Morning)),
            .. Samples<RatingEvent>(
                RatingRecord.Events,
                new CaseRated(2, "等得太久", new Party("P1", "张三", false), Stamps.Morning, Opens: true),
                new VisitOpened("YD00000002"),
                new RatingRefused(No)
            ),
            .. Samples<IntakeEvent>(IntakeRecord.Events, new OpeningRefused(No)),
        ];

    private static IEnumerable<Sample> Samples<TEvent>(EventCodec<TEvent> codec, params TEvent[] samples)
        where TEvent : class, IRecorded =>
        samples.Select(s => new Sample(
            s.Kind,
            Encoding.UTF8.GetString(codec.Write(s)),
            json => Encoding.UTF8.GetString(codec.Write(codec.Read(Record(s.Kind, json))))
        ));

    private static JournalRecord Record(string kind, string json) =>
        new(
            World: "live",
            Stream: "stream",
            Version: 1,
            At: Stamps.Morning,
            Kind: kind,
            ActorId: "a",
            ActorOffice: "b",
            ActorFor: null,
            CommandId: Stamp.CommandId,
            Payload: Encoding.UTF8.GetBytes(json),
            PreviousHash: new byte[32],
            Hash: new byte[32]
        );

    private sealed record Sample(string Kind, string Written, Func<string, string> ReadAndWritten);
}
