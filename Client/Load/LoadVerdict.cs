using System.Globalization;
using TownReform.Client.Live;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Load;

/// <summary>What to say of a load in one sentence.</summary>
internal static class LoadVerdict
{
    public static Words Of(LoadReport report) =>
        report switch
        {
            { DecidedTwice.IsEmpty: false } => new(
                $"有 {report.DecidedTwice.Length} 件案件被决定了两次。",
                $"{report.DecidedTwice.Length} cases were decided twice."
            ),
            { Audit.Sound: false } => new("最终状态审计发现违反，见上。", "The audit of the end state found breaches, told above."),
            { Unaudited: { } why } => new(
                $"最终状态未能审计：运行节点没有应答（{why}）。恢复后请运行 audit check --acknowledged（清单 {AcknowledgedFile.FileName} 由 --out 写出）。",
                $"The end state could not be audited: the live town gave no answer ({why}). Once it is back, run audit check "
                    + $"--acknowledged (with {AcknowledgedFile.FileName}, which --out writes)."
            ),
            { Figures.Failed: > 0 } => Failed(report),
            { Overload: { Met: false } overload } => new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"过载时有效答复只有峰值的 {overload.Share:P0}，低于要求的 {overload.Keep:P0}。"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Under the overload goodput was {overload.Share:P0} of the peak, less than the {overload.Keep:P0} that it has to be."
                )
            ),
            { Audit: null } => new(
                "注意：未审计最终状态（--no-audit），不能断言没有遗漏或重复。",
                "Note: the end state was not audited (--no-audit), so nothing is said about losses or doubles."
            ),
            { Audit: { } audit } => Sound(audit),
        };

    // What was answered is told of too: whoever sees a machine die wants to know that nothing was lost.
    private static Words Failed(LoadReport report)
    {
        var failed = new Words(
            $"失败 {report.Figures.Failed} 次：命令或案件编号在一分钟内没有得到答复，或案件无人承办。",
            $"{report.Figures.Failed} failed: a command or a case's number had no answer within a minute, or nobody had the case in hand."
        );
        if (report.Audit is not { } audit)
        {
            return failed;
        }

        var sound = Sound(audit);
        return new($"{failed.Zh}{sound.Zh}", $"{failed.En} {sound.En}");
    }

    private static Words Sound(EndStateReport audit) =>
        new(
            $"最终状态无误：{audit.Acknowledged} 个已答复命令均在记录中且仅一次，散列链完整，无待投递。",
            $"The end state is sound: all {audit.Acknowledged} answered commands are on record once, chains are whole, nothing waits."
        );
}
