using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Client.Commands;

/// <summary><c>audit check</c>: recomputes here, from everything that is stored, whether the town's end state is sound.</summary>
internal static class AuditCheckCommand
{
    public static Command Build(Shell shell)
    {
        var source = new AuditSource(shell);
        var checkpoint = AuditCommand.CheckpointOption(shell);
        var acknowledged = shell.Text(
            "--acknowledged",
            "FILE",
            new(
                $"已得答复的命令清单（首行 {AcknowledgedFile.Header}），逐一核对在记录中且仅一次",
                $"commands that were answered (first line {AcknowledgedFile.Header}); each must be on record, once"
            )
        );
        return shell
            .Command(
                "check",
                new(
                    "审计最终状态：一案一决定、证号不重复、编制与比例不超、索引与记录一致、散列链完整等；无误退出码 0，有误 3",
                    "audit the end state: one decision per case, no number twice, posts and shares never over, lists as "
                        + "recorded, chains whole …; exit 0 when sound, 3 on any breach"
                ),
                "audit check --file data/town.sqlite"
            )
            .With([.. source.Options, acknowledged, checkpoint])
            .Does(
                shell,
                async call =>
                {
                    var answered = call.Of(acknowledged) is { } list ? AcknowledgedFile.Read(list) : null;
                    var expected = AuditCommand.Checkpoint(call, checkpoint);
                    var report = source.Of(call) is { } stored
                        ? await stored.ScanAsync(scan => CheckAsync(call, scan, answered, expected))
                        : await OfTownAsync(call, answered, expected);
                    call.Screen.Show(report, ConsoleJson.Own.EndStateReport, shown => Draw(call.Screen, call.Plans, shown));
                    return report.Sound ? ExitCode.Done : ExitCode.Refused;
                }
            );
    }

    private static async Task<EndStateReport> OfTownAsync(Call call, IEnumerable<AcknowledgedCommand>? answered, ChainCheckpoint? expected)
    {
        await using var live = await call.ConnectAsync();
        return await CheckAsync(call, new LiveScan(live.Audit), answered, expected);
    }

    private static Task<EndStateReport> CheckAsync(
        Call call,
        IJournalScan scan,
        IEnumerable<AcknowledgedCommand>? answered,
        ChainCheckpoint? expected
    ) => EndStateCheck.RunAsync(scan, call.Plans.Seeds, answered, expected, cancellation: call.Cancellation);

    /// <summary>The report for people; also what a load ends with.</summary>
    public static void Draw(Screen screen, Plans plans, EndStateReport report)
    {
        var lang = screen.Lang;
        var table = Columns
            .Titled(new Words("最终状态审计", "Audit of the end state").In(lang))
            .Text(new("检查", "Check"), lang)
            .Text(new("条款", "Clause"), lang)
            .Text(new("应有之义", "What must hold"), lang)
            .Figures(lang, new("已查", "Looked at"), new("未能查", "Not judged"), new("违反", "Breaches"));
        foreach (var check in report.Checks)
        {
            table.Row(
                check.Check,
                check.Clause,
                check.About.In(lang),
                Figure.Count(check.Looked),
                Figure.Count(check.NotJudged),
                Figure.Count(check.Breaches)
            );
        }

        screen.Console.Write(table);
        screen.Say(
            new Words(
                $"共 {report.Records} 条记录、{report.Streams} 条流、{report.Commits} 次提交。",
                $"{report.Records} records, {report.Streams} streams, {report.Commits} commits."
            )
        );
        AuditCommand.Say(screen, report.Checkpoint);
        AuditCommand.Notice(screen, report.Notices);
        if (report.LateCount > 0)
        {
            screen.Say(new Words($"补录 {report.LateCount} 条（不算违反）：", $"{report.LateCount} late entries (no breach):"));
            foreach (var late in report.Late)
            {
                var at = RecordZone.Of(plans, late.Stream).Minute(late.At);
                screen.Say(
                    new Words(
                        $"  {late.Stream} #{late.Version}  {at}  {late.Reason}；凭据：{late.Paper}",
                        $"  {late.Stream} #{late.Version}  {at}  {late.Reason}; paper: {late.Paper}"
                    )
                );
            }
        }

        if (report.Sound)
        {
            screen.Say(new Words("无误：各项检查均未发现违反。", "Sound: no check found a breach."));
            return;
        }

        foreach (var check in report.Checks.Where(check => check.Breaches > 0))
        {
            screen.Complain(
                new Words(
                    $"{check.Check}（{check.Clause}）：违反 {check.Breaches} 处",
                    $"{check.Check} ({check.Clause}): {check.Breaches} breaches"
                )
            );
            foreach (var breach in check.First)
            {
                var place =
                    breach.Stream is null ? ""
                    : breach.Version is { } version ? $"{breach.Stream} #{version} "
                    : $"{breach.Stream} ";
                screen.Complain(new Words($"  {place}{breach.Why.Zh}", $"  {place}{breach.Why.En}"));
            }
        }
    }
}
