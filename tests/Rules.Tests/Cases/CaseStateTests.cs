using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>What each event leaves on the case.</summary>
public sealed class CaseStateTests
{
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly DateTimeOffset Later = PureCase.At(PureCase.Day.AddDays(3));

    // A permit at the window, and its acceptance there.
    private static readonly (CaseFile File, ActTaken Act) Accepted = AcceptedPermit();

    public static TheoryData<CaseEvent> Events =>
        [
            Accepted.Act,
            new ActRefused("accept", "YD-033", new Refusal(RefusalCode.Busy, "B5", new("忙", "busy"), []), Later),
            new ClockTurned(ClockColour.Red, Day, null, Later),
            new CaseHandedOver([], ["YD-034"], Later),
            new CertificateSet("烟行许〔2019〕1号", Later),
            new DueDayMoved("calendar", Day, Day.AddDays(1), [], ClockColour.Green, Later),
            Frozen(true),
        ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Apply_AnyEvent_IsOneMoreVersion(CaseEvent happened)
    {
        var after = CaseState.Apply(Accepted.File, happened);
        after.Version.ShouldBe(Accepted.File.Version + 1);
        after.Refusals.ShouldBe(happened is ActRefused ? 1 : 0);
        after.ChangedAt.ShouldBe(
            happened switch
            {
                ActRefused => Accepted.File.ChangedAt,
                ActTaken it => it.At,
                _ => Later,
            }
        );
    }

    [Fact]
    public void Act_Taken_BeginsAStepOfItsOwnVersion()
    {
        var after = CaseState.Apply(Accepted.File, Accepted.Act);
        (after.StepVersion, after.Acts, after.Visits).ShouldBe((Accepted.File.Version + 1, 1, Accepted.File.Visits));
        var second = CaseState.Apply(after, Accepted.Act with { Visit = true });
        (second.StepVersion, second.Acts, second.Visits).ShouldBe((Accepted.File.Version + 2, 2, Accepted.File.Visits + 1));
    }

    [Theory]
    [InlineData(Disposition.Open, null)]
    [InlineData(Disposition.Decided, "delivered")]
    public void Act_ThatEndsTheCase_NamesTheEnding(Disposition disposition, string? ending) =>
        CaseState.Apply(Accepted.File, Accepted.Act with { Disposition = disposition, To = "delivered" }).Ending.ShouldBe(ending);

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("1号", null, "1号")]
    [InlineData(null, "2号", "2号")]
    [InlineData("1号", "2号", "2号")]
    public void Act_Certificate_StaysUntilAnotherIsSet(string? before, string? set, string? after) =>
        CaseState.Apply(Accepted.File with { Certificate = before }, Accepted.Act with { Certificate = set }).Certificate.ShouldBe(after);

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 2)]
    public void LateEntries_OpenedOrActed_AreCounted(bool openedLate, bool actedLate, int entries)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        var opened = permit.Open(PureCase.Public(), Day).ShouldSucceed() with { Late = openedLate };
        CaseState.Apply(CaseState.Apply(CaseFile.None, opened), Accepted.Act with { Late = actedLate }).LateEntries.ShouldBe(entries);
    }

    [Fact]
    public void Act_BeforeTheClockStarted_DropsDaysThatTheFormerStepStoodStill()
    {
        var stood = Accepted.File with { Clock = Accepted.File.Clock with { StoppedDays = 3, StatutoryStoppedDays = 4 } };
        var before = CaseState.Apply(stood, Accepted.Act with { Clock = null }).Clock;
        (before.StoppedDays, before.StatutoryStoppedDays).ShouldBe((0, 0));

        var started = stood with { Clock = stood.Clock with { StartedOn = Day } };
        var after = CaseState.Apply(started, Accepted.Act with { Clock = null }).Clock;
        (after.StoppedDays, after.StatutoryStoppedDays).ShouldBe((3, 4));
    }

    [Theory]
    [InlineData(ClockAct.Start)]
    [InlineData(ClockAct.StartAtReceipt)]
    public void Start_LimitOfAnotherVersion_TakesThePlaceOfTheOpenings(ClockAct start)
    {
        var other = new TimeLimit(77, DayUnit.Calendar);
        Clock(Accepted.Act with { Clock = start, Statutory = other }).Statutory.ShouldBe(other);
        Clock(Accepted.Act with { Clock = start, Statutory = null }).Statutory.ShouldBe(Accepted.File.Clock.Statutory);
    }

    [Fact]
    public void Stop_ClockThatStandsStill_KeepsItsFirstDay()
    {
        var stopped = Accepted.File with { Clock = Accepted.File.Clock with { StartedOn = Day, StoppedOn = Day.AddDays(1) } };
        var stop = Accepted.Act with { Clock = ClockAct.Stop, Day = Day.AddDays(5) };
        CaseState.Apply(stopped, stop).Clock.StoppedOn.ShouldBe(Day.AddDays(1));
        Clock(stop).StoppedOn.ShouldBe(Day.AddDays(5));
    }

    [Fact]
    public void Extend_Again_CountsAndAddsUp()
    {
        var extend = Accepted.Act with { Clock = ClockAct.Extend, ExtendedDays = 10 };
        var once = CaseState.Apply(Accepted.File, extend);
        var twice = CaseState.Apply(once, extend);
        (once.Clock.Extensions, once.Clock.ExtendedDays).ShouldBe((1, 10));
        (twice.Clock.Extensions, twice.Clock.ExtendedDays).ShouldBe((2, 20));
    }

    [Fact]
    public void Run_AfterAStop_AddsItsDaysInBothUnits()
    {
        var stopped = Accepted.File with
        {
            Clock = Accepted.File.Clock with { StartedOn = Day, StoppedOn = Day, StoppedDays = 1, StatutoryStoppedDays = 2 },
        };
        var clock = CaseState.Apply(stopped, Accepted.Act with { Clock = ClockAct.Run, StoppedDays = 3, StatutoryStoppedDays = 5 }).Clock;
        (clock.StoppedOn, clock.StoppedDays, clock.StatutoryStoppedDays).ShouldBe((null, 4, 7));
    }

    [Fact]
    public void Follow_FreezeAndThaw_AddDaysInAllUnits()
    {
        var running = Accepted.File with
        {
            StepStoppedDays = 1,
            Clock = Accepted.File.Clock with { StartedOn = Day, StoppedDays = 2, StatutoryStoppedDays = 3 },
        };
        var frozen = CaseState.Apply(running, Frozen(true));
        (frozen.FrozenOn, frozen.FrozenClock, frozen.Clock.StoppedOn).ShouldBe((Day, true, Day));
        var thawed = CaseState.Apply(frozen, Frozen(false) with { StoppedDays = 10, StatutoryStoppedDays = 20, StepStoppedDays = 30 });
        (thawed.FrozenOn, thawed.FrozenClock, thawed.Clock.StoppedOn).ShouldBe((null, false, null));
        (thawed.Clock.StoppedDays, thawed.Clock.StatutoryStoppedDays, thawed.StepStoppedDays).ShouldBe((12, 23, 31));
    }

    [Fact]
    public void Act_FieldGivenAgain_TakesItsPlaceAndNoOthers()
    {
        var file = Accepted.File with { Fields = [F("a", "1"), F("b", "2"), F("c", "3")] };
        CaseState
            .Apply(file, Accepted.Act with { Fields = [F("c", "30"), F("a", "10"), F("d", "40")] })
            .Fields.ShouldBe([F("a", "10"), F("b", "2"), F("c", "30"), F("d", "40")]);
        CaseState.Apply(file, Accepted.Act with { Fields = [] }).Fields.ShouldBe(file.Fields);
    }

    [Fact]
    public void Act_NoticeOfMissingPapers_FirstOneStays()
    {
        var first = CaseState.Apply(Accepted.File, Accepted.Act with { Fields = [F("reason", "x"), F("missing", "图纸")] });
        first.NotifiedMissingPapers.ShouldBe("图纸");
        CaseState.Apply(first, Accepted.Act with { Fields = [F("missing", "照片")] }).NotifiedMissingPapers.ShouldBe("图纸");
        CaseState.Apply(Accepted.File, Accepted.Act with { Fields = [F("reason", "x")] }).NotifiedMissingPapers.ShouldBeNull();
    }

    [Fact]
    public void Act_SameOfficerAtTheSameStepAgain_IsNotedOnce()
    {
        var act = Accepted.Act with { From = "intake", By = ["YD-033", "YD-034"] };
        var once = CaseState.Apply(Accepted.File, act);
        once.Done.ShouldBe([new("intake", "YD-033"), new("intake", "YD-034")]);
        CaseState.Apply(once, act).Done.ShouldBe(once.Done);
        CaseState.Apply(once, act with { From = "review" }).Done.Length.ShouldBe(4);
    }

    private static CaseClock Clock(ActTaken act) => CaseState.Apply(Accepted.File, act).Clock;

    private static PowerFollowed Frozen(bool frozen) =>
        new(
            Change: frozen ? PowerChange.Suspend : PowerChange.Grant,
            From: Day,
            Frozen: frozen,
            At: Later,
            Day: Day,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            StepStoppedDays: 0,
            Colour: ClockColour.Green
        );

    private static (CaseFile File, ActTaken Act) AcceptedPermit()
    {
        var permit = Permit();
        var before = permit.File;
        return (before, permit.Act("accept", permit.Who("window"), Day).ShouldSucceed());
    }
}
