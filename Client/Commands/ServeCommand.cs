using System.CommandLine;
using TownReform.Client.Demo;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>serve</c>: a town with work in it, to look at and to try things on, in this process and on this machine alone.</summary>
internal static class ServeCommand
{
    public static Command Build(Shell shell)
    {
        var (data, fresh, day, port) = (Data(shell), Fresh(shell), Day(shell), Port(shell));
        return shell
            .Command(
                "serve",
                new(
                    "打开一个已有各类案件的演示环境（培训环境，只在本机）",
                    "open a demo world with cases in every state (a practice town, on this machine alone)"
                ),
                "serve"
            )
            .With(data, fresh, day, port)
            .Does(
                shell,
                call =>
                    new DemoServing(call).RunAsync(
                        Path.GetFullPath(call.Of(data) ?? DemoFolders.Default),
                        call.Of(fresh),
                        call.Day(day),
                        call.Number(port, 1, 65_535)
                    )
            );
    }

    private static Option<string?> Data(Shell shell) =>
        shell.Text(
            "--data",
            "FOLDER",
            new("演示环境所在文件夹（默认 demo）", $"folder of the demo worlds (default {DemoFolders.Default})")
        );

    private static Option<bool> Fresh(Shell shell) =>
        shell.Flag(
            "--fresh",
            new("另建一个新的演示环境；原有的保留", "make another demo world beside those there are; nothing is overwritten")
        );

    private static Option<string?> Day(Shell shell) =>
        shell.Text("--day", "DAY", new("新建的演示环境打开于哪一天（默认今天）", "day on which a new demo world opens (default today)"));

    private static Option<string?> Port(Shell shell) =>
        shell.Text(
            "--http",
            "PORT",
            new(
                $"网页与接口的端口（默认 {DemoPorts.Http}，被占用时取其后空闲的）",
                $"port of pages and API (default {DemoPorts.Http}, or the next free one)"
            )
        );
}
