using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Client.Commands;

/// <summary><c>audit verify | check | show | salvage | effects | receipt | keys | words</c>: through the live town, or by a third party
/// on its file or database.</summary>
internal static class AuditCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command("audit", new("留痕：校验与查看记录", "the record: verify and show it"), "audit verify");
        command.Subcommands.Add(Verify(shell));
        command.Subcommands.Add(AuditCheckCommand.Build(shell));
        command.Subcommands.Add(Show(shell));
        command.Subcommands.Add(AuditSalvageCommand.Build(shell));
        command.Subcommands.Add(AuditEffectsCommand.Build(shell));
        command.Subcommands.Add(AuditReceiptCommand.Build(shell));
        command.Subcommands.Add(AuditReceiptCommand.BuildKeys(shell));
        command.Subcommands.Add(AuditReceiptCommand.BuildWords(shell));
        return command;
    }

    internal static Option<string?> CheckpointOption(Shell shell) =>
        shell.Text(
            "--checkpoint",
            "N:ROOT",
            new("先前校验所得的末次提交（N:ROOT），可发现尾部被截", "last commit of an earlier check (number:root); shows a tail cut since")
        );

    private static Command Verify(Shell shell)
    {
        var source = new AuditSource(shell);
        var (checkpoint, checkpoints) = (CheckpointOption(shell), new AuditCheckpoints(shell));
        return shell
            .Command(
                "verify",
                new("重算全部散列链；完整退出码 0，有断裂 3", "recompute every chain; exit 0 when whole, 3 when broken"),
                "audit verify --file data/town.sqlite"
            )
            .With([.. source.Options, checkpoint, .. checkpoints.Options])
            .Does(
                shell,
                async call =>
                {
                    var expected = Checkpoint(call, checkpoint);
                    var stored = source.Of(call);
                    var report =
                        await checkpoints.VerifyAsync(call, stored, expected)
                        ?? await (stored?.VerifyAsync(expected, call.Cancellation) ?? OfTownAsync(call, expected));
                    call.Screen.Show(report, ConsoleJson.Own.AuditReport, shown => Draw(call.Screen, shown));
                    return report.Broken is null ? ExitCode.Done : ExitCode.Refused;
                }
            );
    }

    private static Command Show(Shell shell)
    {
        var stream = shell.Argument(
            "STREAM",
            new(
                "记录流，如 case/YD00000001、town/yandian；案件可只写编号",
                "stream, such as case/YD00000001 or town/yandian; a case number alone will do"
            )
        );
        var source = new AuditSource(shell);
        var command = shell
            .Command("show", new("列出一条记录流：何时、何人、何事、散列", "list a stream: when, who, what, hash"), "audit show YD00000001")
            .With(source.Options)
            .Does(
                shell,
                async call =>
                {
                    var name = Streams.Named(call.Of(stream));
                    var (records, zone) = source.Of(call) is { } stored
                        ? (await stored.ReadAsync(name, call.Cancellation), RecordZone.Of(call.PlansBeside, name))
                        : await RecordsOfTownAsync(call, name);
                    if (records.Length == 0)
                    {
                        throw CommandFailedException.BadInput($"没有记录流“{name}”。", $"There is no stream '{name}'.");
                    }

                    call.Screen.Show(records, ConsoleJson.Own.AuditRecordArray, shown => Draw(call.Screen, zone, shown));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(stream);
        return command;
    }

    private static async Task<AuditReport> OfTownAsync(Call call, ChainCheckpoint? expected)
    {
        if (expected is not null)
        {
            throw CommandFailedException.BadInput(
                "--checkpoint 须与 --file 或 --connection 同用。",
                "--checkpoint needs --file or --connection."
            );
        }

        await using var live = await call.ConnectAsync();
        return await live.Audit.VerifyAsync();
    }

    private static async Task<(AuditRecord[] Records, RecordZone Zone)> RecordsOfTownAsync(Call call, string stream)
    {
        await using var live = await call.ConnectAsync();
        return ([.. await Streams.ReadAsync(live.Audit, stream)], await RecordZone.OfAsync(live, stream));
    }

    internal static ChainCheckpoint? Checkpoint(Call call, Option<string?> option) =>
        call.Of(option) is not { } text ? null
        : text.Split(':') is [var number, { Length: >= 64 } root] && long.TryParse(number, out var commit)
            ? new ChainCheckpoint(commit, root)
        : throw CommandFailedException.BadInput(
            $"{option.Name} 须为 N:ROOT（次数与根散列），不能是“{text}”。",
            $"{option.Name} is number:root, not '{text}'."
        );

    private static void Draw(Screen screen, AuditReport report)
    {
        screen.Say(
            new Words(
                $"已校验 {report.Records} 条记录、{report.Streams} 条流、{report.Commits} 次提交；待投递 {report.EffectsWaiting} 项",
                $"checked {report.Records} records, {report.Streams} streams, {report.Commits} commits; {report.EffectsWaiting} "
                    + "effects wait for delivery"
            )
        );
        if (report.DeadLetters > 0)
        {
            screen.Complain(
                new(
                    $"{report.DeadLetters} 项多次投递未被接收，已搁置：见 audit effects",
                    $"{report.DeadLetters} effects were refused often enough and put aside: see audit effects"
                )
            );
        }

        Say(screen, report.LastCommit is { } commit ? new ChainCheckpoint(commit, report.LastRoot!) : null);
        Notice(screen, report.Notices ?? []);
        if (report.Broken is not { } broken)
        {
            screen.Say(new Words("完整：无篡改、无缺失、无插入。", "whole: nothing edited, missing or inserted."));
            return;
        }

        var place = string.Join(
            ", ",
            new[]
            {
                broken.Version is { } version ? $"{broken.Stream} #{version}" : broken.Stream,
                broken.Commit is { } no ? $"commit {no}" : null,
                broken.Place is { } at ? $"place {at}" : null,
            }.OfType<string>()
        );
        screen.Complain(new($"断裂（{broken.What}）：{place}：{broken.Why.Zh}", $"BROKEN ({broken.What}): {place}: {broken.Why.En}"));
    }

    internal static void Notice(Screen screen, IEnumerable<Words> notices)
    {
        foreach (var notice in notices)
        {
            screen.Complain(new Words($"注意：{notice.Zh}。", $"Note: {notice.En}."));
        }
    }

    internal static void Say(Screen screen, ChainCheckpoint? end)
    {
        if (end is not null)
        {
            screen.Say(
                new Words(
                    $"末次提交 {end.Commit}:{end.Root}（另存，日后以 --checkpoint 核对）",
                    $"last commit {end.Commit}:{end.Root} (keep it elsewhere for --checkpoint)"
                )
            );
        }
    }

    private static void Draw(Screen screen, RecordZone zone, AuditRecord[] records)
    {
        var lang = screen.Lang;
        var listing = new Listing(
            new Words(records[0].Stream, records[0].Stream),
            new(new("#", "#")),
            new(zone.Titled("时刻", "When")),
            new(new("收到", "Received"), Rank: 3),
            new(new("何人", "Who"), Cut: true),
            new(new("何事", "What")),
            new(new("命令编号", "Command"), Rank: 1),
            new(new("散列", "Hash"), Rank: 2)
        );
        foreach (var r in records)
        {
            listing.Add(
                $"{r.Version}",
                zone.Millisecond(r.At),
                r.ReceivedAt is { } received ? zone.Millisecond(received) : Figure.Unknown,
                $"{r.Actor.Id} ({r.Actor.Office})",
                r.Late is null ? r.Kind : $"{r.Kind} {new Words("补录", "late").In(lang)}",
                $"{r.CommandId}",
                r.Hash[..16]
            );
        }

        listing.Write(screen);
    }
}
