using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Load;

/// <summary>The options of <c>load</c>.</summary>
internal sealed class LoadOptions(Shell shell)
{
    public Option<string?> Rate { get; } =
        shell.Text(
            "--rate",
            "N",
            new(
                "每秒到达的案件数（开环；延迟自预定时刻算起；默认 20）",
                "cases that arrive each second (open loop; latency counts from the intended start; default 20)"
            )
        );

    public Option<string?> RampTo { get; } =
        shell.Text("--ramp-to", "N", new("到达速率在全程中均匀变到此值", "the rate changes evenly to this one over the whole time"));

    public Option<string?> Concurrency { get; } =
        shell.Text(
            "--concurrency",
            "N",
            new("闭环：同时在办的案件数（代替 --rate）", "closed loop: cases under way at once (instead of --rate)")
        );

    public Option<string?> Duration { get; } =
        shell.Text("--duration", "TIME", new("持续时间，如 30s、5m（默认 30s）", "how long, such as 30s or 5m (default 30s)"));

    public Option<string?> Pace { get; } =
        shell.Text(
            "--pace",
            "TIME",
            new(
                "开环中同一案件前后两个命令预定时刻之差（默认 100ms）",
                "open loop: from one command of a case to when the next is meant (default 100ms)"
            )
        );

    public Option<string?> Mix { get; } =
        shell.Text(
            "--mix",
            "PROCEDURE=SHARE,...",
            new(
                "程序及占比，如 permit=70,confirmation=30（默认 permit）",
                "procedures with their shares, such as permit=70,confirmation=30 (default permit)"
            )
        );

    public Option<string?> Towns { get; } =
        shell.Text("--towns", "TOWN,...", new("镇，逗号分隔（默认全部）", "towns, behind commas (default all)"));

    public Option<string?> Hot { get; } =
        OneOf(
            shell.Text(
                "--hot",
                "bureau|case",
                new(
                    "热点：bureau 全部案件压在一个镇的一个机构；case 每件的决定由多人同时提交，只能有一人成功",
                    "hot spot: bureau puts all cases on one bureau of one town; case has many approvers send each decision at once, "
                        + "of whom one may win"
                )
            ),
            "bureau",
            "case"
        );

    public Option<string?> Approvers { get; } =
        shell.Text(
            "--approvers",
            "N",
            new("--hot case 中同时提交决定的人数（默认 16）", "approvers at once under --hot case (default 16)")
        );

    public Option<bool> Knee { get; } =
        shell.Flag("--find-knee", new("自动寻找仍达标的最高速率", "find the highest rate that still meets the target"));

    public Option<string?> P99 { get; } =
        shell.Text(
            "--p99",
            "TIME",
            new(
                "--find-knee 的目标：99% 的命令在此时间内得到答复（默认 50ms）",
                "target of --find-knee: 99 % of commands answered within (default 50ms)"
            )
        );

    public Option<string?> OnTime { get; } =
        shell.Text(
            "--on-time",
            "PERCENT",
            new(
                "--find-knee 的目标：在 --p99 时间内答复的最低比例（默认 99）",
                "target of --find-knee: least share answered within the time of --p99 (default 99)"
            )
        );

    public Option<string?> Overload { get; } =
        shell.Text(
            "--overload",
            "TIMES",
            new(
                "先测峰值，再以其若干倍施压（如 3），看有效答复占峰值的比例",
                "measure the peak, then offer so many times of it (such as 3) and tell what share of the peak is still answered"
            )
        );

    public Option<string?> Keep { get; } =
        shell.Text(
            "--keep",
            "PERCENT",
            new(
                "--overload 的目标：有效答复至少占峰值的比例（默认 80）",
                "target of --overload: least share of the peak that is still answered (default 80)"
            )
        );

    public Option<string?> Step { get; } =
        shell.Text(
            "--step",
            "TIME",
            new("--find-knee、--overload 每次试探的时间（默认 5s）", "time of each trial under --find-knee and --overload (default 5s)")
        );

    public Option<string?> WarmUp { get; } =
        shell.Text(
            "--warm-up",
            "TIME",
            new(
                "开始计量前先以同样的负载预热的时间（默认 5s；0s 不预热）",
                "how long the same load runs before it is measured (default 5s; 0s: not at all)"
            )
        );

    public Option<string?> Folder { get; } =
        shell.Text(
            "--out",
            "DIR",
            new(
                $"写入 {LoadFiles.ReportName}、{LoadPage.FileName} 与已得答复的命令 {AcknowledgedFile.FileName}",
                $"write {LoadFiles.ReportName}, {LoadPage.FileName} and the commands that were answered, {AcknowledgedFile.FileName}, there"
            )
        );

    public Option<string?> Http { get; } =
        shell.Text(
            "--http",
            "URL,...",
            new(
                "经接口施压：节点的 HTTP 地址，逗号分隔，轮流使用（另须 --accounts）",
                "through the API: HTTP addresses of silos, behind commas, in turn (needs --accounts)"
            )
        );

    public Option<string?> Accounts { get; } =
        shell.Text(
            "--accounts",
            "DIR|CONNECTION",
            new(
                "--http：节点的数据文件夹或 PostgreSQL 连接串；施压所用的账户和密钥建在其中，用后即撤销",
                "--http: data folder of the silo, or PostgreSQL connection string; the load's accounts and keys are made there, and the "
                    + "keys revoked afterwards"
            )
        );

    public Option<bool> NoAudit { get; } = shell.Flag("--no-audit", new("不审计最终状态", "leave out the audit of the end state"));

    /// <summary>All of them, as help lists them.</summary>
    public Option[] All =>
        [
            Rate,
            RampTo,
            Concurrency,
            Duration,
            Pace,
            Mix,
            Towns,
            Hot,
            Approvers,
            Knee,
            P99,
            OnTime,
            Overload,
            Keep,
            Step,
            WarmUp,
            Http,
            Accounts,
            Folder,
            NoAudit,
        ];

    private static Option<string?> OneOf(Option<string?> option, params string[] values)
    {
        option.CompletionSources.Add(values);
        return option;
    }
}
