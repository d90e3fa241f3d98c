using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>audit effects</c>: what was put aside because its receiver refused it often enough; <c>audit effects retry</c> has it
/// delivered again.</summary>
internal static class AuditEffectsCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell
            .Command(
                "effects",
                new("列出被搁置的后续动作（多次投递未被接收）", "list the effects that were put aside (refused often enough)"),
                "audit effects"
            )
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var letters = await ReadAsync(live);
                    var zone = call.Screen.Json ? RecordZone.Utc : await RecordZone.OfAsync(live, "");
                    call.Screen.Show(letters, ConsoleJson.Own.SetAsideArray, shown => Draw(call.Screen, zone, shown));
                    return ExitCode.Done;
                }
            );
        command.Subcommands.Add(new AuditEffectsRetryCommand(shell).Build());
        return command;
    }

    internal static async Task<SetAside[]> ReadAsync(LiveTown live)
    {
        var letters = new List<SetAside>();
        while (await live.Effects.ListAsync(letters.Count == 0 ? 0 : letters[^1].Id) is { Length: > 0 } page)
        {
            letters.AddRange(page);
        }

        return [.. letters];
    }

    private static void Draw(Screen screen, RecordZone zone, SetAside[] letters)
    {
        if (letters.Length == 0)
        {
            screen.Say(new Words("没有被搁置的后续动作。", "no effect was put aside."));
            return;
        }

        var lang = screen.Lang;
        var table = Columns
            .Titled(lang == Lang.Zh ? "被搁置的后续动作" : "Effects put aside")
            .Text(new("编号", "ID"), lang)
            .Text(new("来自", "From"), lang)
            .Text(new("投递对象", "For"), lang)
            .Text(new("次数", "Attempts"), lang)
            .Text(zone.Titled("末次", "Last"), lang)
            .Text(new("原因", "Why"), lang);
        foreach (var letter in letters)
        {
            table.Row(
                $"{letter.Id}",
                $"{letter.Stream} #{letter.Version}",
                $"{letter.TargetType} {letter.TargetKey}",
                $"{letter.Attempts}",
                zone.Second(letter.LastAt),
                letter.Why
            );
        }

        screen.Console.Write(table);
        screen.Say(
            new Words(
                "再次投递：audit effects retry 编号|all --town 镇 --as 办理人",
                "deliver again: audit effects retry ID|all --town TOWN --as WHO"
            )
        );
    }
}
