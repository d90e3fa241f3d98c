using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>audit effects</c>: what was put aside because its receiver refused it often enough; <c>audit effects retry</c> has it delivered again.</summary>
internal static class AuditEffectsCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command("effects", new("列出被搁置的事项（多次投递未被接收）", "list the effects that were put aside (refused often enough)"), "audit effects")
            .Does(shell, async call =>
            {
                await using var live = await call.ConnectAsync();
                var letters = await ReadAsync(live);
                call.Screen.Show(letters, ConsoleJson.Own.SetAsideArray, shown => Draw(call.Screen, shown));
                return ExitCode.Done;
            });
        command.Subcommands.Add(Retry(shell));
        return command;
    }

    private static Command Retry(Shell shell)
    {
        var id = shell.Argument("ID", new("搁置事项的编号，或 all（全部）", "number of the effect, or all"));
        var command = shell.Command("retry", new("再次投递；被接收即不再搁置，否则退出码 3", "deliver again; it leaves the list when it is taken, else exit 3"), "audit effects retry 3")
            .Does(shell, async call =>
            {
                await using var live = await call.ConnectAsync();
                var ids = call.Of(id) is "all" ? [.. (await ReadAsync(live)).Select(letter => letter.Id)] : new[] { Number(call.Of(id)) };
                var exit = ExitCode.Done;
                foreach (var number in ids)
                {
                    if ((await live.Effects.RetryAsync(number)).IsRefused(out var refusal, out var letter))
                    {
                        call.Screen.Complain(refusal.Because);
                        exit = ExitCode.Refused;
                        continue;
                    }

                    call.Screen.Say(new Words($"事项 {number} 已由 {letter.TargetType} {letter.TargetKey} 接收。", $"effect {number} was taken by {letter.TargetType} {letter.TargetKey}."));
                }

                return exit;
            });
        command.Arguments.Add(id);
        return command;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw Halt.BadInput($"ID 须为编号或 all，不能是“{text}”。", $"ID is a number or all, not '{text}'.");

    private static async Task<SetAside[]> ReadAsync(LiveTown live)
    {
        var letters = new List<SetAside>();
        while (await live.Effects.ListAsync(letters.Count == 0 ? 0 : letters[^1].Id) is { Length: > 0 } page)
        {
            letters.AddRange(page);
        }

        return [.. letters];
    }

    private static void Draw(Screen screen, SetAside[] letters)
    {
        if (letters.Length == 0)
        {
            screen.Say(new Words("没有被搁置的事项。", "no effect was put aside."));
            return;
        }

        var lang = screen.Lang;
        var table = Columns.Titled(lang == Lang.Zh ? "被搁置的事项" : "Effects put aside").Text(new("编号", "ID"), lang).Text(new("来自", "From"), lang).Text(new("投递对象", "For"), lang)
            .Text(new("次数", "Attempts"), lang).Text(new("末次（UTC）", "Last (UTC)"), lang).Text(new("原因", "Why"), lang);
        foreach (var letter in letters)
        {
            table.Row($"{letter.Id}", $"{letter.Stream} #{letter.Version}", $"{letter.TargetType} {letter.TargetKey}", $"{letter.Attempts}", $"{letter.LastAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}", letter.Why);
        }

        screen.Console.Write(table);
        screen.Say(new Words("再次投递：audit effects retry 编号 | all", "deliver again: audit effects retry ID | all"));
    }
}
