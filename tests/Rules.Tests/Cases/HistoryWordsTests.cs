using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>What happened on a case, in words of both languages.</summary>
public sealed class HistoryWordsTests
{
    private static readonly DateTimeOffset At = PureCase.At(PureCase.Day);
    private static readonly Procedure Permit = RealSeeds.Library.Procedures["permit"];

    private static readonly ActTaken Granted = new(
        Act: "grant",
        From: "decision",
        To: "delivery",
        By: ["YD-001"],
        Workplace: "yandian/government-service",
        Officers: ["YD-002"],
        Clock: ClockAct.End,
        ExtendedDays: 0,
        Visit: false,
        Disposition: Disposition.Open,
        Granted: false,
        Colour: ClockColour.Green,
        At: At,
        Day: PureCase.Day,
        StoppedDays: 0,
        StatutoryStoppedDays: 0,
        Fields: [F("reason", "符合条件")]
    )
    {
        Law = "行政许可法(2019)",
        Certificate = "烟行许〔2019〕1号",
    };

    private static readonly DueDayMoved Moved = new(
        "calendar",
        PureCase.Day,
        PureCase.Day.AddDays(1),
        [new(PureCase.Day, Works: false)],
        ClockColour.Green,
        At
    );

    /// <summary>One of each kind, and what people read of it.</summary>
    private static readonly (CaseEvent Happened, string Zh, string En)[] Told =
    [
        (Granted, "准予许可 → 送达 [YD-002]", "grant → delivery [YD-002]"),
        (new ActRefused("grant", "YD-001", CaseRefusals.Unknown("YD00000009"), At), "拒绝“准予许可” 1001（", "refused 'grant' 1001 ("),
        (
            new ClockTurned(ClockColour.Overdue, PureCase.Day, "head", At),
            "计时变为超期，期限 2019-04-10（已报机构负责人）",
            "clock turned overdue, due 2019-04-10 (told to the head of the organ)"
        ),
        (new ClockTurned(ClockColour.Amber, PureCase.Day, null, At), "计时变为黄，期限 2019-04-10", "clock turned amber, due 2019-04-10"),
        (new CaseHandedOver(["YD-001"], ["YD-002"], At), "交接：YD-001 → YD-002", "handed over: YD-001 → YD-002"),
        (Followed(frozen: true), "权限变动，案件中止", "power changed; the case stands still"),
        (Followed(frozen: false), "权限恢复，案件继续", "power returned; the case goes on"),
        (new CertificateSet("烟行许〔2019〕1号", At), "盖章编号 烟行许〔2019〕1号", "sealed and numbered 烟行许〔2019〕1号"),
        (
            Moved,
            "工作日历变动，期限由 2019-04-10 改为 2019-04-11：2019-04-10 改为休息日",
            "the working-day calendar changed: due 2019-04-11 instead of 2019-04-10; 2019-04-10 is no working day any more"
        ),
        (
            Moved with
            {
                Because = "law",
                To = PureCase.Day,
                Days = [],
            },
            "法定数据变动，期限仍为 2019-04-10",
            "figures of law changed; still due 2019-04-10"
        ),
    ];

    [Fact]
    public void Sentence_EachKind_SaysWhatHappenedInBothLanguages()
    {
        foreach (var (happened, zh, en) in Told)
        {
            var said = new HistoryWords(Permit).Sentence(happened);
            said.Zh.ShouldStartWith(zh);
            said.En.ShouldStartWith(en);
        }
    }

    /// <summary>A kind that is added later gets a sentence too.</summary>
    [Fact]
    public void Sentence_AllKindsThereAre_AreTriedHere() =>
        typeof(CaseEvent)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CaseEvent)))
            .Except([.. Told.Select(told => told.Happened.GetType()), typeof(CaseOpened)])
            .ShouldBeEmpty();

    [Fact]
    public void Notes_OfADecisionEnteredLate_TellStatuteNumberPaperAndReceipt()
    {
        var notes = HistoryWords.Notes(Granted, new("停电", "登记簿第3页"), "2019-04-12 08:30");
        notes
            .Select(note => note.Zh)
            .ShouldBe(["依据 行政许可法(2019)", "盖章编号 烟行许〔2019〕1号", "补录（2019-04-12 08:30 收到）：停电；凭据：登记簿第3页"]);
        notes[^1].En.ShouldBe("entered late (received 2019-04-12 08:30): 停电; paper: 登记簿第3页");
        HistoryWords.Notes(Moved, null, "").ShouldBeEmpty();
        HistoryWords
            .Notes(Granted with { Act = CaseRules.HandBack, Law = null, Certificate = null }, null, "")
            .Single()
            .En.ShouldContain("A3");
    }

    [Fact]
    public void Fields_OfAnAct_BearTheirNames() =>
        new HistoryWords(Permit).Fields(Granted).ShouldHaveSingleItem().ShouldBe(new("reason", new("理由", "reason"), "符合条件"));

    /// <summary>A version that the seeds have lost leaves codes, and a text of before the rules on texts loses its control
    /// characters.</summary>
    [Fact]
    public void Sentence_OfAnUnknownVersion_TellsCodesAndNothingHarmful()
    {
        var words = new HistoryWords(Procedure.Missing("permit", 99));
        words.Sentence(Granted).Zh.ShouldBe("grant → delivery [YD-002]");
        words.Fields(Granted with { Fields = [F("reason", "a\u202Eb")] }).Single().Value.ShouldNotContain('\u202E');
        words.Sentence(Granted with { Officers = default, Fields = default }).En.ShouldBe("grant → delivery");
        words.Fields(Granted with { Fields = default }).ShouldBeEmpty();
    }

    private static PowerFollowed Followed(bool frozen) =>
        new(
            Change: PowerChange.Suspend,
            From: PureCase.Day,
            Frozen: frozen,
            At: At,
            Day: PureCase.Day,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            StepStoppedDays: 0,
            Colour: ClockColour.Green
        );
}
