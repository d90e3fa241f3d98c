using System.Collections.Immutable;
using System.Text;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Clauses;

/// <summary>The clauses on the screen, and as the table of the README.</summary>
internal static class ClauseTable
{
    private static readonly (char Letter, Words Subject)[] Parts =
    [
        ('A', new("赋权", "powers")),
        ('B', new("审批服务", "approval and service")),
        ('C', new("综合行政执法", "enforcement")),
        ('D', new("机构编制", "organs and posts")),
        ('E', new("干部", "people")),
        ('F', new("县镇关系", "county and town")),
        ('G', new("财政、用地、项目", "money, land, projects")),
        ('H', new("社区和党建", "community and party")),
        ('I', new("组织实施", "carrying the reform out")),
    ];

    public static Words State(ClauseState state) =>
        state switch
        {
            ClauseState.Carried => new("已落实", "carried"),
            ClauseState.InPart => new("部分落实", "in part"),
            _ => new("未落实", "absent"),
        };

    /// <param name="run">Folder of the run whose use is shown; null for none.</param>
    public static void Draw(Screen screen, ImmutableArray<ClauseLine> lines, string? run)
    {
        var lang = screen.Lang;
        var table = Columns
            .Titled(new Words("两份方案的条款", "Clauses of the two plans").In(lang))
            .Text(new("条款", "Clause"), lang)
            .Text(new("内容", "Subject"), lang)
            .Text(new("状态", "State"), lang)
            .Text(new("规则", "Rules"), lang)
            .Text(new("程序", "Procedures"), lang)
            .Figures(lang, new("测试", "Tests"), new("案件", "Cases"), new("不予办理", "Refusals"));
        foreach (var line in lines)
        {
            table.Row([
                line.Clause,
                line.Subject.In(lang) + Left(line, lang),
                State(line.State).In(lang) + (line.Unproved ? " !" : ""),
                string.Join('\n', line.Rules),
                string.Join('\n', line.Procedures),
                Counted(line.Tests),
                Counted(line.Cases),
                Counted(line.Refusals),
            ]);
        }

        screen.Console.Write(table);
        Sum(screen, lines, run);
    }

    private static void Sum(Screen screen, ImmutableArray<ClauseLine> lines, string? run)
    {
        int Of(ClauseState state) => lines.Count(line => line.State == state);
        screen.Say(
            new Words(
                $"共 {lines.Length} 条：已落实 {Of(ClauseState.Carried)}，部分落实 {Of(ClauseState.InPart)}，"
                    + $"未落实 {Of(ClauseState.Absent)}。",
                $"{lines.Length} clauses: {Of(ClauseState.Carried)} carried, {Of(ClauseState.InPart)} in part, "
                    + $"{Of(ClauseState.Absent)} absent."
            )
        );
        screen.Say(
            run is null
                ? new Words(
                    "没有模拟运行可供计数：先运行 townreform simulate，或用 --run 指明。",
                    "There is no run to count from: townreform simulate makes one, --run names one."
                )
                : new Words($"案件和不予办理的次数取自 {run}。", $"Cases and refusals are those of {run}.")
        );
    }

    /// <summary>The table of the README's status, line by line.</summary>
    public static string Markdown(ImmutableArray<ClauseLine> lines)
    {
        var text = new StringBuilder("| clause | subject | carried | in part | not yet |\n|---|---|---|---|---|\n");
        foreach (var (letter, subject) in Parts)
        {
            string Of(ClauseState state) =>
                string.Join(", ", lines.Where(line => line.Clause[0] == letter && line.State == state).Select(line => line.Clause));
            text.Append('|')
                .AppendJoin(
                    '|',
                    $" {letter} ",
                    $" {subject.En} ",
                    Cell(Of(ClauseState.Carried)),
                    Cell(Of(ClauseState.InPart)),
                    Cell(Of(ClauseState.Absent))
                )
                .Append("|\n");
        }

        return text.ToString();
    }

    private static string Left(ClauseLine line, Lang lang) =>
        line.Left is { } left ? $"\n{new Words("尚缺：", "left: ").In(lang)}{left.In(lang)}" : "";

    private static string Cell(string ids) => ids.Length == 0 ? " " : $" {ids} ";

    private static string Counted(double? number) => number is { } counted ? Figure.Count(counted) : Figure.Unknown;
}
