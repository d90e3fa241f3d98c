using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Receipts;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Outside;

namespace TownReform.Silo;

/// <summary>The live town: <c>dotnet run -c Release --project Silo</c>.</summary>
public static class Program
{
    /// <summary>Exit code: the data were founded from other seeds.</summary>
    public const int FoundedOtherwise = 3;

    private const int Fault = 1,
        BadInput = 2,
        InUse = 4;

    private static Task<int> Main(string[] line) => RunAsync(line);

    /// <summary>Runs the live town until it is stopped (SIGINT, SIGTERM).</summary>
    /// <param name="line">The silo's command line.</param>
    /// <param name="ready">Called when the town serves, in place of the line that says so.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] line, Action? ready = null)
    {
        OwnersOnly.FromNowOn();
        var (options, wrong) = SiloOptions.Parse(line, Environment.GetEnvironmentVariable);
        if (options.Help)
        {
            Console.WriteLine(options.In(SiloUsage.Text));
            return 0;
        }

        if ((wrong ?? OpenFilesLimit.Hindrance()) is { } hindrance)
        {
            return Say(options, BadInput, hindrance);
        }

        try
        {
            var (seeds, missing) = SeedsFolder.Find(options.Seeds);
            return missing is null
                ? await (
                    options.IsWeb ? ServeAsync(SeedLoader.Load(seeds!), options, ready) : RunAsync(SeedLoader.Load(seeds!), options, ready)
                )
                : Say(options, BadInput, missing);
        }
        catch (SeedException e)
        {
            Words[] faults = [.. e.Faults.Select(FaultWords.Of)];
            return Say(
                options,
                BadInput,
                new(
                    $"种子数据有 {faults.Length} 处错误，未启动：\n{string.Join('\n', faults.Select(f => $"  {f.Zh}"))}",
                    $"The seeds have {faults.Length} faults; nothing was started:\n{string.Join('\n', faults.Select(f => $"  {f.En}"))}"
                )
            );
        }
        catch (LiveFolderTakenException)
        {
            return Say(
                options,
                InUse,
                new(
                    $"数据文件夹 {options.Folder} 正由另一进程使用（进程号见其中的 townreform.lock；删除该文件并不能解除占用）。请先停止该进程，或用 --data 另选文件夹。",
                    $"Folder {options.Folder} is in use by another process (its id is in townreform.lock there; taking that file "
                        + "away doesn't free the folder). Stop that one first, or choose another folder with --data."
                )
            );
        }
        catch (FolderUnusableException e)
        {
            return Say(
                options,
                BadInput,
                new(
                    $"数据文件夹 {options.Folder} 无法使用：{StorageFaults.Of(e.InnerException!).Zh}",
                    $"The folder {options.Folder} can't be used: {StorageFaults.Of(e.InnerException!).En}"
                )
            );
        }
        catch (Exception e) when (StorageFaults.Find<RecordDamagedException>(e) is { } damaged)
        {
            return Say(options, BadInput, damaged.Words);
        }
        catch (Exception e) when (StorageFaults.Find<FoundedOtherwiseException>(e) is { } otherwise)
        {
            return Say(options, FoundedOtherwise, otherwise.Words);
        }
        catch (Exception e) when (StorageFaults.Find<SeedsDifferException>(e) is { } differ)
        {
            return Say(options, FoundedOtherwise, Refused(options, differ.Refusal));
        }
        catch (Exception e) when (StorageFaults.Find<PostgresUnusableException>(e) is { } unusable)
        {
            return Say(options, BadInput, unusable.Words);
        }
        catch (Exception e) when (StorageFaults.Find<StoredFileException>(e) is { } file)
        {
            return Say(options, BadInput, file.Words);
        }
        catch (Exception e) when (StorageFaults.Find<NpgsqlException>(e) is { } said && options.Connection is { } connection)
        {
            return Say(options, BadInput, new PostgresUnusableException(connection, said).Words);
        }
        catch (Exception e) when (StorageFaults.Find<SocketException>(e) is { } socket)
        {
            return Say(options, InUse, LiveSilo.PortFault(options, $"{options.SiloPort} / {options.GatewayPort}", socket.SocketErrorCode));
        }
        catch (Exception e)
        {
            var root = e.GetBaseException();
            Say(options, Fault, new($"启动失败：{root.Message}", $"The town could not be started: {root.Message}"));
            if (!StorageFaults.IsOne(e) && root is not InvalidDataException)
            {
                // Nobody foresaw it, so where it was met helps to mend it.
                await Console.Error.WriteLineAsync(e.ToString());
            }

            return Fault;
        }
    }

    // Pages and API of silos that run elsewhere.
    private static async Task<int> ServeAsync(SeedLibrary seeds, SiloOptions options, Action? ready)
    {
        if (LiveSilo.PortHindrance(options) is { } port)
        {
            return Say(options, InUse, port);
        }

        if (await WebProcess.HindranceAsync(options) is { } hindrance)
        {
            return Say(options, BadInput, hindrance);
        }

        await using var host = WebProcess.Build(seeds, options);
        try
        {
            await host.StartAsync();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return Say(options, Fault, WebProcess.NobodyAnswers(options));
        }

        host.Services.GetRequiredService<TerseConsole>().Started(static () => false);
        if (await WebProcess.CompareSeedsAsync(host.Services.GetRequiredService<IGrainFactory>(), seeds, options) is { } differ)
        {
            await host.StopAsync();
            return Say(options, FoundedOtherwise, Refused(options, differ));
        }

        await WarnAsync(host.Services, options);
        var accounts = await IdentityEndpoints.ReadyAsync(host.Services);
        (ready ?? (() => Console.WriteLine(options.In(WebProcess.Ready(options)))))();
        TellAccounts(options, accounts);
        await host.WaitForShutdownAsync();
        Console.WriteLine(options.In(new("已停止。", "stopped.")));
        return Environment.ExitCode;
    }

    private static void TellAccounts(SiloOptions options, Words? accounts)
    {
        if (accounts is not null)
        {
            Console.WriteLine(options.In(new("演示账户（网页 /sign-in）：", "Demo accounts (page /sign-in):")));
            Console.WriteLine(options.In(accounts));
        }
    }

    // What doesn't keep the town from serving, and is better known now than at the first sign-in.
    private static async Task WarnAsync(IServiceProvider services, SiloOptions options)
    {
        foreach (var warning in await ProviderCheck.TellAsync(services))
        {
            Console.Error.WriteLine(options.In(warning));
        }
    }

    private static async Task<int> RunAsync(SeedLibrary seeds, SiloOptions options, Action? ready)
    {
        var (from, wrong) = options.Clock is { } clock ? PracticeStart.Read(clock, seeds) : (default, null);
        if (wrong is not null)
        {
            return Say(options, BadInput, wrong);
        }

        using var folder = options.Connection is null ? Take(options.Folder) : null;
        if (folder?.Mended is { } mended)
        {
            Console.Error.WriteLine(options.In(mended));
        }

        if (LiveSilo.PortHindrance(options) is { } port)
        {
            return Say(options, InUse, port);
        }

        if (folder is not null)
        {
            SqliteWorld.Examine(folder.Journal);
        }

        using var host = LiveSilo.Build(seeds, folder, options, options.Clock is null ? null : from);
        await host.StartAsync();
        var live = host.Services.GetRequiredService<ILiveWorld>();
        if (options.NewKey)
        {
            await host.Services.GetRequiredService<SigningKeys>().ReplaceAsync();
        }

        host.Services.GetRequiredService<TerseConsole>().Started(() => live.IsTroubleTold);
        if (host.Services.GetService<SameSeeds>() is { } others && await others.FindAsync() is { } differ)
        {
            await host.StopAsync();
            return Say(options, FoundedOtherwise, Refused(options, differ));
        }

        var data = options.Connection is { } connection ? $"PostgreSQL {PostgresSchema.Where(connection)}" : options.Folder;
        var founding = new TownFounding(host.Services.GetRequiredService<IGrainFactory>(), seeds, options.Clock is not null);
        var time = host.Services.GetRequiredService<IWorlds>().ReceptionOf(Address.Live).Clock!;
        if (await founding.FoundAllAsync(Address.Live) is { } refusal)
        {
            await host.StopAsync();
            return Say(options, FoundedOtherwise, Refused(options, refusal));
        }

        var (moved, left) = await founding.FollowSeedsAsync(Address.Live, time.Now);
        if (left is not null)
        {
            Console.Error.WriteLine(options.In(left));
        }

        if (moved > 0)
        {
            Console.WriteLine(
                options.In(
                    new(
                        $"种子数据变动，{moved} 件案件的期限随之变动，已记入各案。",
                        $"The seeds have changed: {moved} due days moved with them, and each case has it on record."
                    )
                )
            );
        }

        if (await founding.WakeAllAsync(Address.Live, time.Now) is { } hindrance)
        {
            Console.Error.WriteLine(options.In(hindrance));
        }

        await WarnAsync(host.Services, options);
        var accounts = await IdentityEndpoints.ReadyAsync(host.Services);
        (ready ?? (() => TellReady(seeds, options, time, data)))();
        TellAccounts(options, accounts);
        await host.WaitForShutdownAsync();
        Console.WriteLine(options.In(new("已停止。", "stopped.")));
        return Environment.ExitCode;
    }

    private static void TellReady(SeedLibrary seeds, SiloOptions options, SiloClock time, string data)
    {
        var practice = time.IsPractice
            ? PracticeStart.Told(time.Now, seeds.Towns.Values.MinBy(town => town.Code, StringComparer.Ordinal)!.TimeZone)
            : new("", "");
        Console.WriteLine(
            options.In(
                new(
                    $"{practice.Zh}就绪：网关 {options.Host}:{options.GatewayPort}，数据 {data}（Ctrl-C 停止）",
                    $"{practice.En}ready: gateway {options.Host}:{options.GatewayPort}, data {data} (Ctrl-C stops)"
                )
            )
        );
    }

    private static LiveFolder Take(string path)
    {
        try
        {
            return new LiveFolder(path);
        }
        catch (Exception e) when (e is not LiveFolderTakenException and (IOException or UnauthorizedAccessException))
        {
            throw new FolderUnusableException(path, e);
        }
    }

    private static Words Refused(SiloOptions options, Refusal refusal) =>
        refusal.Code == RefusalCode.TownFoundedOtherwise
            ? new(
                $"数据文件夹 {options.Folder} 中的镇是按另一方案建立的：{refusal.Because.Zh} 请用 --seeds 指明当初的方案，或用 --data 另选文件夹。",
                $"The towns in {options.Folder} were founded from other seeds: {refusal.Because.En} Start with those seeds "
                    + "(--seeds), or choose another folder (--data)."
            )
            : new(
                $"{(int)refusal.Code}（{refusal.Clause}）{refusal.Because.Zh}",
                $"{(int)refusal.Code} ({refusal.Clause}) {refusal.Because.En}"
            );

    private static int Say(SiloOptions options, int code, Words words)
    {
        Console.Error.WriteLine(options.In(words));
        return code;
    }
}

/// <summary>The data folder can't be made or written.</summary>
internal sealed class FolderUnusableException(string folder, Exception inner) : IOException(folder, inner);
