using System.Collections.Immutable;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Simulation;
using TownReform.Client.Terminal;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Demo;

namespace TownReform.Client.Demo;

/// <summary>Opens a demo world: the newest of a folder, or one that is made first; serves it until Ctrl-C.</summary>
internal sealed class DemoServing(Call call)
{
    private readonly Screen screen = call.Screen;

    /// <param name="folder">Folder of the demo worlds.</param>
    /// <param name="fresh">Another is made although there are some.</param>
    /// <param name="day">Day on which one that is made opens; null for today.</param>
    /// <param name="http">Port of pages and API; null for the first free one.</param>
    /// <returns>The silo's exit code.</returns>
    public async Task<int> RunAsync(string folder, bool fresh, DateOnly? day, int? http)
    {
        var worlds = new DemoFolders(folder);
        foreach (var unfinished in worlds.Unfinished)
        {
            screen.Complain(
                new(
                    $"{unfinished} 未填满，不予使用（或另有进程正在填充）；无进程使用时可以删除。",
                    $"{unfinished} is half filled and not used (unless another process is filling it just now); it may be deleted."
                )
            );
        }

        var world = fresh || worlds.Newest is not { } newest ? await worlds.FillAsync(to => FillAsync(to, day)) : newest;
        return await ServeAsync(world, DemoMark.Read(world), http);
    }

    private async Task FillAsync(LiveFolder folder, DateOnly? day)
    {
        var seeds = call.Plans.Seeds;
        var demo = DemoWorld.Of(seeds, TimeProvider.System.GetUtcNow(), day);
        screen.Say(
            new Words(
                $"正在填充演示环境：{demo.Scenario.From:O} 至 {demo.Opens:yyyy-MM-dd HH:mm}（{demo.Scenario.Name.Zh}）",
                $"Filling a demo world: {demo.Scenario.From:O} to {demo.Opens:yyyy-MM-dd HH:mm} ({demo.Scenario.Name.En})"
            )
        );
        var filling = new DemoFilling(seeds, demo);
        var run = filling.RunAsync(folder, call.Cancellation);
        var progress = new RunProgress(Console.Error, !Console.IsErrorRedirected, () => Console.WindowWidth, screen.Lang, 1);
        await progress.FollowAsync(
            run,
            () => Task.FromResult<ImmutableArray<ReplicationProgress>>([filling.Progress]),
            CancellationToken.None
        );
        await run;
        new DemoMark(DemoWorld.Code, DemoWorld.Seed, demo.Opens).Write(folder.Path);
        screen.Say(
            new Words(
                $"已填充：办结 {filling.Progress.Done:N0} 件，在办 {filling.Progress.Open:N0} 件。",
                $"Filled: {filling.Progress.Done:N0} cases have ended, {filling.Progress.Open:N0} are open."
            )
        );
    }

    private async Task<int> ServeAsync(string world, DemoMark mark, int? asked)
    {
        var (http, gateway) = (asked ?? Free(DemoPorts.Http), Free(DemoPorts.Gateway));
        if (asked is null && http != DemoPorts.Http)
        {
            screen.Complain(
                new($"端口 {DemoPorts.Http} 已被占用，改用 {http}。", $"Port {DemoPorts.Http} is in use; {http} is taken instead.")
            );
        }

        var code = await Silo.Program.RunAsync(Line(world, mark, http, gateway), () => TellReady(world, http, gateway));
        if (code == Silo.Program.FoundedOtherwise)
        {
            screen.Complain(
                new(
                    "种子数据在填充之后已改；用 --fresh 按现在的种子另建一个演示环境，原有的保留。",
                    "The seeds have changed since it was filled: --fresh makes another demo world by the seeds as they are now, and "
                        + "keeps this one."
                )
            );
        }

        return code;
    }

    // The silo's command line.
    private string[] Line(string world, DemoMark mark, int http, int gateway) =>
        [
            "--data",
            world,
            "--seeds",
            call.Plans.Seeds.Folder,
            "--lang",
            screen.Lang == Reports.Lang.Zh ? "zh" : "en",
            "--clock",
            mark.Clock,
            "--http",
            Text(http),
            "--silo-port",
            Text(Free(DemoPorts.Silo)),
            "--gateway-port",
            Text(gateway),
            "--simulations",
            "--demo-accounts",
            "--demo-accounts",
        ];

    private void TellReady(string world, int http, int gateway)
    {
        var beside = gateway == DemoPorts.Gateway ? "" : $" --gateway 127.0.0.1:{Text(gateway)}";
        screen.Say(
            new Words(
                $"""
                演示环境已打开（数据 {world}，Ctrl-C 停止）：
                  办事与办公 http://localhost:{http}/ （登录名与口令见下）
                  接口说明   http://localhost:{http}/openapi/v1.json
                  控制台     ./townreform case list --town yandian{beside}
                """,
                $"""
                The demo world is open (data {world}, Ctrl-C stops):
                  the pages      http://localhost:{http}/ (sign-in names and passwords are below)
                  the API        http://localhost:{http}/openapi/v1.json
                  the console    ./townreform case list --town yandian{beside}
                """
            )
        );
    }

    private static int Free(int first) =>
        DemoPorts.FreeFrom(first)
        ?? throw CommandFailedException.BadInput(
            $"自 {first} 起没有空闲端口；请停止占用者。",
            $"No port from {first} on is free; stop what uses them."
        );

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
