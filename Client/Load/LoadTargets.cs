using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Silo.Identity;

namespace TownReform.Client.Load;

/// <summary>Where a load goes, as the command line says.</summary>
internal static class LoadTargets
{
    /// <exception cref="CommandFailedException">Addresses or accounts can't be used.</exception>
    public static async Task<ILoadTarget> OfAsync(LoadOptions options, Call call, LiveTown live, LoadOrder order)
    {
        if (call.Of(options.Http) is not { } text)
        {
            return call.Of(options.Accounts) is null ? new GrainTarget(live) : throw Needs(options.Accounts.Name, options.Http.Name);
        }

        var accounts = call.Of(options.Accounts) ?? throw Needs(options.Http.Name, options.Accounts.Name);
        var isFolder = !accounts.Contains('=', StringComparison.Ordinal);
        if (isFolder && !Directory.Exists(accounts))
        {
            throw CommandFailedException.BadInput(
                $"没有文件夹 {accounts}；{options.Accounts.Name} 须为节点的数据文件夹（其 --data）。",
                $"There is no folder {accounts}; {options.Accounts.Name} takes the data folder of the silo (its --data)."
            );
        }

        var silos = text.Split(',', StringSplitOptions.TrimEntries).Select(address => Read(options.Http.Name, address)).ToArray();
        var run = live.Now.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        return new HttpTarget(
            silos,
            await LoadKeys.IssueAsync(
                isFolder ? accounts : null,
                isFolder ? null : accounts,
                order.Mix.Select(part => part.Script.Plan).Distinct(),
                run,
                TimeProvider.System
            )
        );
    }

    private static Uri Read(string option, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var silo) && (silo.Scheme == Uri.UriSchemeHttp || silo.Scheme == Uri.UriSchemeHttps)
            ? silo
            : throw CommandFailedException.BadInput(
                $"{option} 须为网址，如 http://127.0.0.1:8080，不能是“{address}”。",
                $"{option} is an address such as http://127.0.0.1:8080, not '{address}'."
            );

    private static CommandFailedException Needs(string given, string missing) =>
        CommandFailedException.BadInput($"{given} 须与 {missing} 同用。", $"{given} needs {missing}.");
}
