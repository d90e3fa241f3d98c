using System.Collections.Immutable;

namespace TownReform.Grains.Simulation.Results;

/// <summary>What the figures of a run are taken over: the same words in tables, JSON, report page and comparison.</summary>
public static class FigureDefinitions
{
    public static Words OnTimeShare { get; } =
        new(
            "按时率 = 限期内办结的案件 ÷（有期限的办结案件 + 期末超期未结的案件）：超期未结即为不按时；撤回、移送的不计。",
            "On-time share: cases decided within their limit, by decided cases that had a limit plus cases open past theirs. "
                + "Open past its limit is late; withdrawn and transferred cases don't count."
        );

    public static Words Days { get; } =
        new(
            "P50、P90、P95：自收件至办结的自然日，只计已办结的案件（在办、撤回、移送的不计），取最近秩。",
            "P50, P90, P95: calendar days from opening to end, over decided cases (not over open, withdrawn or transferred "
                + "ones), nearest rank."
        );

    public static Words Visits { get; } =
        new("到厅次数：每件已办结案件的当事人到厅次数。", "Visits: visits of the party to the hall for each decided case.");

    public static Words Parties { get; } =
        new(
            "镇的合计只含当事人的案件；借调与权限调整另列，天数为历时。",
            "A town's totals are over parties' cases; secondments and changes of powers stand apart, their days are durations."
        );

    public static Words StaffUse { get; } =
        new(
            "人员使用率 = 工作分钟 ÷ 在岗分钟，按科室计算；总览只列最忙的科室，镇与县分开，没有案件的处室不参与平均。",
            "Staff use: minutes worked by minutes present, of one workplace. Headlines name the busiest, town and county apart; "
                + "nothing is averaged over offices without work."
        );

    public static Words Queue { get; } =
        new("排队：工作日下班时等待人员办理的环节数。", "Queue: steps that wait for somebody at the close of a working day.");

    /// <summary>All of them, by a durable name.</summary>
    public static ImmutableArray<NamedCode> All { get; } =
    [
        Named("onTimeShare", OnTimeShare),
        Named("days", Days),
        Named("visits", Visits),
        Named("parties", Parties),
        Named("staffUse", StaffUse),
        Named("queue", Queue),
    ];

    private static NamedCode Named(string code, Words words) => new(code, words.Zh, words.En);
}
