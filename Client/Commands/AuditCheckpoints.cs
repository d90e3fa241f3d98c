using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Receipts;

namespace TownReform.Client.Commands;

/// <summary><c>audit verify --checkpoints</c>: the chains, and the signed checkpoints that a silo has kept outside.</summary>
internal sealed class AuditCheckpoints
{
    private readonly Option<string?> folder,
        keys;

    public AuditCheckpoints(Shell shell)
    {
        folder = shell.Text(
            "--checkpoints",
            "DIR",
            new(
                "节点以 --checkpoint-to 写成的文件夹：逐一核对，指出第一个不再相符的",
                "folder that a silo has filled by --checkpoint-to: compares all, and names the first that no longer holds"
            )
        );
        keys = AuditReceiptCommand.KeysOption(shell);
    }

    public Option[] Options => [folder, keys];

    /// <summary>Reads the record whole and compares it.</summary>
    /// <returns>Null where no checkpoints are named.</returns>
    public async Task<AuditReport?> VerifyAsync(Call call, IStoredRecord? stored, ChainCheckpoint? expected)
    {
        if (call.Of(folder) is not { } named)
        {
            return null;
        }

        if (stored is not null)
        {
            var check = await ReadAsync(call, named, () => throw AuditReceiptCommand.NoKeys());
            return await stored.ScanAsync(scan => RunAsync(call, scan, check, expected));
        }

        await using var live = await call.ConnectAsync();
        return await RunAsync(call, new LiveScan(live.Audit), await ReadAsync(call, named, live.Receipts.KeysAsync), expected);
    }

    private async Task<CheckpointCheck> ReadAsync(Call call, string named, Func<Task<string>> asked)
    {
        var kept = await AuditReceiptCommand.KeysAsync(call, keys, asked);
        if (!Directory.Exists(named))
        {
            throw CommandFailedException.BadInput($"没有文件夹 {named}。", $"There is no folder {named}.");
        }

        var check = new CheckpointCheck(named, kept);
        return check.Files > 0
            ? check
            : throw CommandFailedException.BadInput($"{named} 中没有校验点。", $"There are no checkpoints in {named}.");
    }

    private static async Task<AuditReport> RunAsync(Call call, IJournalScan scan, CheckpointCheck check, ChainCheckpoint? expected)
    {
        var (verifier, goesOn, waiting) = (new ChainVerifier(expected), true, 0L);
        await foreach (var part in scan.ScanAsync(call.Cancellation))
        {
            check.Take(part);
            waiting += part is ScannedWaiting it ? it.Effects : 0;
            goesOn = goesOn && verifier.Take(part);
        }

        var (report, verdict) = (verifier.Finish(), check.Finish());
        AuditCommand.Notice(call.Screen, verdict.Notices);
        if (!call.Screen.Json)
        {
            call.Screen.Say(
                new Words(
                    $"已核对 {verdict.Checked} 个校验点{(verdict.Fault is null ? "，均相符" : "")}",
                    $"compared {verdict.Checked} checkpoints{(verdict.Fault is null ? "; all hold" : "")}"
                )
            );
        }

        return AuditProjections.ToReport(report with { Fault = report.Fault ?? verdict.Fault }, waiting);
    }
}
