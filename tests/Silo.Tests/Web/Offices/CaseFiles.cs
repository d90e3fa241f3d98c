using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>A permit under review, as an office's pages show it.</summary>
internal static class CaseFiles
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 30, 9, 12, 0, TimeSpan.FromHours(8));

    public static CaseView View { get; } =
        new(
            Number: "GY00000012",
            Town: "guyun",
            Procedure: "permit",
            Kind: "permit",
            Subject: "GY-XK-001",
            ItemVersion: 1,
            Version: 2,
            Step: "review",
            Workplace: "guyun/government-service",
            Officers: ["GY-024"],
            Disposition: Disposition.Open,
            Ending: null,
            Frozen: false,
            Colour: ClockColour.Green,
            Due: new DateOnly(2026, 12, 3),
            Clock: new ClockView(3, 8, CalendarDays: false, Started: true, Ended: false, Running: true),
            Visits: 1,
            Certificate: null,
            OpenedAt: Opened,
            ChangedAt: Opened,
            Party: new Party("371581199001011234", "王小明", Organisation: false),
            Fields: [],
            ProcedureVersion: 1
        );

    public static ListedField Recommendation { get; } =
        new(
            "recommendation",
            new("审查意见", "recommendation"),
            Needed: true,
            new("grant 或 refuse", "grant or refuse"),
            ["grant", "refuse"],
            FieldType.Choice,
            [new("grant", new("同意", "grant")), new("refuse", new("不同意", "refuse"))]
        );

    public static AskedActs Asked { get; } =
        new(
            "GY00000012",
            2,
            new("审查", "review"),
            [
                Act("inspect", "send to inspection", "inspection"),
                Act("recommend", "recommend", "decision") with
                {
                    Fields = [Recommendation],
                },
                Act("withdraw", "withdraw", "withdrawn") with
                {
                    Anywhere = true,
                    Refusal = new(RefusalCode.ActorWrongRole, "I2", new("应由当事人办理。", "It is for who decides."), []),
                },
            ]
        );

    public static CaseFileModel Model { get; } =
        new()
        {
            Path = "/o/government-service/cases/GY00000012",
            Case = View,
            Procedure = new("行政许可", "Permit"),
            Subject = new("食品经营许可", "Food permit"),
            Party = new("王小明", "王小明"),
            State = new("审查", "review"),
            Workplace = new("政务服务局", "Government Service Bureau"),
            Steps =
            [
                new FileStep("intake", new("收件", "intake"), false, 1),
                new FileStep("review", new("审查", "review"), true, 2),
                new FileStep("decision", new("decision", "decision"), false, null),
                new FileStep("delivery", new("送达", "delivery"), false, null),
            ],
            Fields = [],
            History =
            [
                Record(1, "intake") with
                {
                    Actor = new Actor("371581199001011234", Actor.Public),
                    Sentence = new("收件 → 窗口收件", "opened → intake"),
                },
                Record(2, "review") with
                {
                    Sentence = new("受理 → 审查", "accept → review"),
                },
            ],
            Asked = Asked,
            Latest = 2,
            IsPast = false,
            Zone = "Asia/Shanghai",
        };

    public static AskedAct Act(string code, string name, string to) =>
        new(code, new(name, name), new(to, to), Ends: false, Decides: false, Anywhere: false, [], null);

    public static HistoryRecord Record(long version, string to) =>
        new()
        {
            Version = version,
            At = Opened.AddDays(version - 1),
            Kind = "case.act-taken",
            Actor = new Actor("GY-029", "government-service"),
            Office = new("政务服务局", "Government Service Bureau"),
            To = to,
            Sentence = new(to, to),
            Hash = "00",
        };
}
