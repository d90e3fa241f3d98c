using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>What a command would lead to, instead of the command (<c>--dry-run</c>).</summary>
internal static class Outlooks
{
    public static Option<bool> DryRun(Shell shell) =>
        shell.Flag(
            "--dry-run",
            new("只预览：会怎样、会不会被拒绝，不办理也不留记录", "only tell what would happen or be refused; nothing is done or recorded")
        );

    /// <summary>Asks, and shows the case as it would stand, or the refusal.</summary>
    public static async Task<int> ShowAsync(Call call, TownNames names, Stamp stamp, Func<Task<Outcome<CaseOutlook>>> ask) =>
        call.Screen.Answer(
            await Sending.AskAsync(stamp, ask),
            ConsoleJson.Own.CaseOutlook,
            outlook =>
            {
                var who = outlook.Who is { } next ? new Words($"，由{next.Zh}办理", $", done by {next.En}") : new Words("", "");
                call.Screen.Say(
                    new Words(
                        $"预览（未办理）：将到“{outlook.Step.Zh}”{who.Zh}",
                        $"dry run (nothing was done): it would lead to '{outlook.Step.En}'{who.En}"
                    )
                );
                new CasePage(call.Screen, names).Write(outlook.After);
            }
        );
}
