using System.Text;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Rules.Tests.Recording;

/// <summary>Records of cases as they are stored, and as builds before 2026-11-26 stored them.</summary>
public sealed class CaseRecordsTests
{
    private const string Opened = """
        {"v":1,"number":"YD00000001","town":"yandian","procedure":"permit","procedureVersion":1,"itemKind":"permit","subject":"YD-XK-001","itemVersion":1,"promised":{"days":8,"unit":1},"statutory":{"days":20,"unit":1},"party":{"id":"P1","name":"张三"},"step":"intake","workplace":"yandian/government-service","officers":["YD-029"],"commandId":"00000001-0000-0000-0000-000000000000","at":"2019-06-03T09:00:00+08:00","day":"2019-06-03","fields":[]}
        """;

    private const string Taken = """
        {"v":1,"act":"grant","from":"decision","to":"delivery","by":["YD-023"],"workplace":"yandian/government-service","officers":["YD-032"],"clock":4,"disposition":1,"colour":1,"at":"2019-06-03T09:00:00+08:00","day":"2019-06-03","fields":[],"decides":true,"certificate":"烟行许〔2019〕1号"}
        """;

    // Zeros and falses were written, and no act bore a number.
    private const string TakenBefore = """
        {"v":1,"act":"deliver","from":"delivery","to":"granted","by":["YD-032"],"officers":[],"extendedDays":0,"visit":true,"disposition":2,"granted":true,"colour":1,"at":"2019-06-03T09:00:00+08:00","day":"2019-06-03","stoppedDays":0,"statutoryStoppedDays":0,"fields":[]}
        """;

    private static readonly DateOnly Day = new(2019, 6, 3);
    private static readonly DateTimeOffset At = new(2019, 6, 3, 9, 0, 0, TimeSpan.FromHours(8));

    private static readonly CaseOpened Opening = new(
        Number: "YD00000001",
        Town: "yandian",
        Procedure: "permit",
        ProcedureVersion: 1,
        ItemKind: "permit",
        Subject: "YD-XK-001",
        ItemVersion: 1,
        Promised: new TimeLimit(8, DayUnit.Working),
        Statutory: new TimeLimit(20, DayUnit.Working),
        Party: new Party("P1", "张三", false),
        Green: false,
        Step: "intake",
        Workplace: "yandian/government-service",
        Officers: ["YD-029"],
        CommandId: new Guid(1, 0, 0, new byte[8]),
        At: At,
        Day: Day,
        Fields: []
    );

    private static readonly ActTaken Granting = new(
        Act: "grant",
        From: "decision",
        To: "delivery",
        By: ["YD-023"],
        Workplace: "yandian/government-service",
        Officers: ["YD-032"],
        Clock: ClockAct.End,
        ExtendedDays: 0,
        Visit: false,
        Disposition: Disposition.Open,
        Granted: false,
        Colour: ClockColour.Green,
        At: At,
        Day: Day,
        StoppedDays: 0,
        StatutoryStoppedDays: 0,
        Fields: []
    )
    {
        Decides = true,
        Certificate = "烟行许〔2019〕1号",
    };

    /// <summary>An act that has the case stay says so; one that led back to its own step in earlier records began it anew.</summary>
    [Fact]
    public void Apply_AnActThatStays_KeepsTheBeginOfTheStep()
    {
        var stated = Granting with { Act = "state", From = "response", To = "response", Day = Day.AddDays(2), Clock = null };
        Written(stated with { Stays = true }).ShouldEndWith("\"stays\":true}");
        var file = CaseFile.None with { Step = "response", StepOn = Day, StepVersion = 1, Version = 1 };
        var (stays, anew) = (CaseState.Apply(file, stated with { Stays = true }), CaseState.Apply(file, stated));
        (stays.StepOn, stays.StepVersion, stays.Version).ShouldBe((Day, 1, 2));
        (anew.StepOn, anew.StepVersion, anew.Version).ShouldBe((Day.AddDays(2), 2, 2));
    }

    [Fact]
    public void Write_WhatIsZeroOrFalse_IsLeftOut()
    {
        Written(Opening).ShouldBe(Opened.Trim());
        Written(Granting).ShouldBe(Taken.Trim());
    }

    [Fact]
    public void Read_WhatIsLeftOut_IsZeroOrFalse()
    {
        Written(Read(CaseOpened.Name, Opened)).ShouldBe(Opened.Trim());
        var taken = Read(ActTaken.Name, Taken).ShouldBeOfType<ActTaken>();
        (taken.ExtendedDays, taken.Visit, taken.Granted, taken.StoppedDays, taken.StatutoryStoppedDays).ShouldBe((0, false, false, 0, 0));
        Written(taken).ShouldBe(Taken.Trim());
    }

    [Fact]
    public void Read_OfAnEarlierBuild_SaysTheSame()
    {
        var taken = Read(ActTaken.Name, TakenBefore).ShouldBeOfType<ActTaken>();
        (taken.ExtendedDays, taken.Visit, taken.Granted, taken.Decides, taken.Certificate).ShouldBe((0, true, true, false, null));
        Written(taken)
            .ShouldBe(
                Written(
                    Granting with
                    {
                        Act = "deliver",
                        From = "delivery",
                        To = "granted",
                        By = ["YD-032"],
                        Workplace = null,
                        Officers = [],
                        Clock = null,
                        Visit = true,
                        Disposition = Disposition.Decided,
                        Granted = true,
                        Decides = false,
                        Certificate = null,
                    }
                )
            );
    }

    private static string Written(CaseEvent happened) => Encoding.UTF8.GetString(CaseCodec.Instance.Write(happened));

    private static CaseEvent Read(string kind, string payload) =>
        CaseCodec.Instance.Read(
            new JournalRecord(
                World: "live",
                Stream: "case/YD00000001",
                Version: 1,
                At: At,
                Kind: kind,
                ActorId: "",
                ActorOffice: "",
                ActorFor: null,
                CommandId: Guid.Empty,
                Payload: Encoding.UTF8.GetBytes(payload),
                PreviousHash: ReadOnlyMemory<byte>.Empty,
                Hash: ReadOnlyMemory<byte>.Empty
            )
        );
}
