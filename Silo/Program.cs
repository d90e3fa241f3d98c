using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Silo;

/// <summary>The live town: <c>dotnet run -c Release --project Silo</c>.</summary>
internal static class Program
{
    private const int Fault = 1, BadInput = 2, FoundedOtherwise = 3, InUse = 4;

    private static async Task<int> Main(string[] line)
    {
        var (options, wrong) = SiloOptions.Parse(line, Environment.GetEnvironmentVariable);
        if (options.Help)
        {
            Console.WriteLine(options.In(SiloOptions.Usage));
            return 0;
        }

        if (wrong is not null)
        {
            return Say(options, BadInput, wrong);
        }

        try
        {
            var (seeds, missing) = SeedsFolder.Find(options.Seeds);
            return missing is null ? await RunAsync(SeedLoader.Load(seeds!), options) : Say(options, BadInput, missing);
        }
        catch (SeedException e)
        {
            Words[] faults = [.. e.Faults.Select(FaultWords.Of)];
            return Say(options, BadInput, new(
                $"种子数据有 {faults.Length} 处错误，未启动：\n{string.Join('\n', faults.Select(f => $"  {f.Zh}"))}",
                $"The seeds have {faults.Length} faults; nothing was started:\n{string.Join('\n', faults.Select(f => $"  {f.En}"))}"));
        }
        catch (LiveFolderTakenException)
        {
            return Say(options, InUse, new(
                $"数据文件夹 {options.Folder} 正由另一进程使用（进程号见其中的 townreform.lock）。请先停止该进程，或用 --data 另选文件夹。",
                $"Folder {options.Folder} is in use by another process (its id is in townreform.lock there). Stop that one first, or choose another folder with --data."));
        }
        catch (FolderUnusableException e)
        {
            return Say(options, BadInput, new($"数据文件夹 {options.Folder} 无法使用：{e.InnerException!.Message}", $"The folder {options.Folder} can't be used: {e.InnerException!.Message}"));
        }
        catch (Exception e) when (Find<PostgresUnusableException>(e) is { } unusable)
        {
            return Say(options, BadInput, new(unusable.Message, unusable.Message));
        }
        catch (Exception e) when (Find<SocketException>(e) is { SocketErrorCode: SocketError.AddressAlreadyInUse })
        {
            return Say(options, InUse, PortInUse($"{options.SiloPort} / {options.GatewayPort}"));
        }
        catch (Exception e)
        {
            var root = e.GetBaseException();
            return Say(options, Fault, new($"启动失败：{root.Message}", $"The town could not be started: {root.Message}"));
        }
    }

    private static async Task<int> RunAsync(SeedLibrary seeds, SiloOptions options)
    {
        using var folder = options.Connection is null ? Take(options.Folder) : null;
        if (LiveSilo.PortInUse(options) is { } port)
        {
            return Say(options, InUse, PortInUse(port.ToString(CultureInfo.InvariantCulture)));
        }

        using var host = LiveSilo.Build(seeds, folder, options);
        await host.StartAsync();
        var data = options.Connection is { } connection ? $"PostgreSQL {PostgresSchema.Where(connection)}" : options.Folder;
        var founding = new TownFounding(host.Services.GetRequiredService<IGrainFactory>(), seeds);
        if (await founding.FoundAllAsync(Address.Live) is { } refusal)
        {
            await host.StopAsync();
            return Say(options, FoundedOtherwise, Refused(options, refusal));
        }

        if (await founding.WakeAllAsync(Address.Live, TimeProvider.System.GetUtcNow()) is { } hindrance)
        {
            Console.Error.WriteLine(options.In(hindrance));
        }

        Console.WriteLine(options.In(new(
            $"就绪：网关 {options.Host}:{options.GatewayPort}，数据 {data}（Ctrl-C 停止）",
            $"ready: gateway {options.Host}:{options.GatewayPort}, data {data} (Ctrl-C stops)")));
        await host.WaitForShutdownAsync();
        Console.WriteLine(options.In(new("已停止。", "stopped.")));
        return Environment.ExitCode;
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

    private static Words Refused(SiloOptions options, Refusal refusal) => refusal.Code == RefusalCode.TownFoundedOtherwise
        ? new(
            $"数据文件夹 {options.Folder} 中的镇是按另一方案建立的：{refusal.Because.Zh} 请用 --seeds 指明当初的方案，或用 --data 另选文件夹。",
            $"The towns in {options.Folder} were founded from other seeds: {refusal.Because.En} Start with those seeds (--seeds), or choose another folder (--data).")
        : new($"{(int)refusal.Code}（{refusal.Clause}）{refusal.Because.Zh}", $"{(int)refusal.Code} ({refusal.Clause}) {refusal.Because.En}");

    private static Words PortInUse(string port) => new(
        $"端口 {port} 已被占用：可能已有一个节点在运行。请停止它，或用 --silo-port、--gateway-port 另选端口。",
        $"Port {port} is in use; another silo may be running. Stop it, or choose others with --silo-port and --gateway-port.");

    private static int Say(SiloOptions options, int code, Words words)
    {
        Console.Error.WriteLine(options.In(words));
        return code;
    }

    private static T? Find<T>(Exception? e)
        where T : Exception => e switch
        {
            null => null,
            T found => found,
            AggregateException many => many.InnerExceptions.Select(Find<T>).FirstOrDefault(inner => inner is not null),
            _ => Find<T>(e.InnerException),
        };
}

/// <summary>The data folder can't be made or written.</summary>
internal sealed class FolderUnusableException(string folder, Exception inner) : IOException(folder, inner);
