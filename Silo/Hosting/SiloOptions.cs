using System.Collections.Immutable;
using System.Net;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Doors;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Hosting;

/// <summary>How the live silo is started.</summary>
/// <param name="Folder">Folder of the live town's data, on SQLite.</param>
/// <param name="Connection">Connection string of the cluster's PostgreSQL; null: this process alone, with its folder.</param>
/// <param name="Host">Address that this silo listens on and tells the others.</param>
/// <param name="Seeds">Folder of the seeds; null: it is looked for.</param>
/// <param name="Chinese">Language of messages: Chinese, else English.</param>
/// <param name="Help">Only the usage is asked for.</param>
internal sealed partial record SiloOptions(
    string Folder,
    string? Connection,
    IPAddress Host,
    string? Seeds,
    int SiloPort,
    int GatewayPort,
    bool Chinese,
    bool Help
)
{
    public const string FolderVariable = "TOWNREFORM_DATA";
    public const string ConnectionVariable = "TOWNREFORM_CONNECTION";

    /// <summary>Commands of clients under way at most; beyond that they are told that the town is busy.</summary>
    public int MostAtOnce { get; init; } = 1024;

    /// <summary>What silo and gateway ports are secured with; null: on loopback alone.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Connections at each port at most.</summary>
    public int MostConnections { get; init; } = 1024;

    /// <summary>Requests of one account over HTTP in a minute.</summary>
    public int RequestsPerMinute { get; init; } = RequestLimits.Default;

    /// <summary>Port of the health endpoints; null: none.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Collector that metrics and traces are sent to; null: nothing is sent.</summary>
    public Uri? Collector { get; init; }

    /// <summary>The Orleans Dashboard beside the health endpoints.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Moment at which the clock of a practice town (培训环境) begins, as it was typed; null: a real town.</summary>
    public string? Clock { get; init; }

    /// <summary>Command that looks at each file that is handed in; null for none.</summary>
    public string? ScanWith { get; init; }

    /// <summary>Where signed checkpoints of the record are kept; null: nowhere.</summary>
    public string? CheckpointsTo { get; init; }

    /// <summary>Seconds between two of them.</summary>
    public int CheckpointsEvery { get; init; } = 60;

    /// <summary>Receipts and checkpoints are signed by a new key from this start on.</summary>
    public bool NewKey { get; init; }

    /// <summary>Runs of scenarios are taken from clients.</summary>
    public bool Simulations { get; init; }

    /// <summary>Addresses of the proxies whose word counts on where a request came from; empty: nobody's.</summary>
    public ImmutableArray<IPAddress> Proxies { get; init; } = [];

    /// <summary>How people sign in.</summary>
    public IdentitySettings Identity { get; init; } = new();

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with the line; the options then only tell the language.</returns>
    public static (SiloOptions Options, Words? Fault) Parse(string[] line, Func<string, string?> environment)
    {
        var (given, fault) = SiloLine.Read(line);
        var language = given.GetValueOrDefault("--lang");
        var options = new SiloOptions(
            Folder: Path.GetFullPath(given.GetValueOrDefault("--data") ?? SiloValues.NotEmpty(environment(FolderVariable)) ?? "data"),
            Connection: SiloValues.Database(given, environment, ref fault),
            Host: SiloValues.ListenOn(given, ref fault),
            Seeds: given.GetValueOrDefault("--seeds"),
            SiloPort: SiloValues.Port(given, "--silo-port", 11111, ref fault),
            GatewayPort: SiloValues.Port(given, "--gateway-port", 30000, ref fault),
            Chinese: (language ?? SiloValues.NotEmpty(environment("LC_ALL")) ?? environment("LANG") ?? "").StartsWith(
                "zh",
                StringComparison.OrdinalIgnoreCase
            ),
            Help: given.ContainsKey("--help")
        )
        {
            IsWeb = given.GetValueOrDefault("--role") == "web",
            MostAtOnce = SiloValues.Number(given, "--most-at-once", 1024, 1, 1_000_000, ref fault),
            Tls = SiloValues.Secured(given, environment, ref fault),
            RequestsPerMinute = SiloValues.Number(given, "--requests-per-minute", RequestLimits.Default, 1, 10_000_000, ref fault),
            MostConnections = SiloValues.Number(given, "--most-connections", 1024, 1, 65_535, ref fault),
            HttpPort = given.ContainsKey("--http") ? SiloValues.Port(given, "--http", 0, ref fault) : null,
            Dashboard = given.ContainsKey("--dashboard"),
            Clock = given.GetValueOrDefault("--clock"),
            CheckpointsTo = given.TryGetValue("--checkpoint-to", out var checkpoints) ? Path.GetFullPath(checkpoints) : null,
            CheckpointsEvery = SiloValues.Number(given, "--checkpoint-every", 60, 1, 86_400, ref fault),
            ScanWith = given.GetValueOrDefault("--scan-with"),
            NewKey = given.ContainsKey("--new-signing-key"),
            Simulations = given.ContainsKey("--simulations"),
            Collector = SiloValues.Web(given, "--otlp", ref fault),
            Identity = IdentityValues.Read(given, environment, ref fault),
            Proxies = IdentityValues.Proxies(given, ref fault),
        };
        if (language is not (null or "zh" or "en"))
        {
            fault ??= new Words($"--lang 只能是 zh 或 en，不能是“{language}”。", $"--lang is zh or en, not '{language}'.");
        }

        if (!IPAddress.IsLoopback(options.Host) && options.Tls is null)
        {
            fault ??= new Words(
                $"--address {options.Host} 不是本机地址：节点端口与网关须以双向 TLS 保护，请给出 --tls-certificate、--tls-key、--tls-ca（见 "
                    + "docs/operating.zh.md“对外开放”）；或只在本机监听（省略 --address）。",
                $"--address {options.Host} is not loopback: silo and gateway ports open there only with mutual TLS. Give "
                    + "--tls-certificate, --tls-key and --tls-ca (docs/operating.md, \"Beyond one machine\"), or listen on loopback "
                    + "only (leave out --address)."
            );
        }

        if (options.Clock is not null && options.Connection is not null)
        {
            fault ??= new Words(
                "--clock 不能与 --storage postgres 同用：培训环境只用一个节点和一个文件夹（--data）。",
                "--clock can't be used with --storage postgres: a practice town is one silo with a folder (--data)."
            );
        }

        if (given.ContainsKey("--checkpoint-every") && options.CheckpointsTo is null)
        {
            fault ??= new Words("--checkpoint-every 须与 --checkpoint-to 同用。", "--checkpoint-every needs --checkpoint-to.");
        }

        if (options.Connection is null && options.CheckpointsTo is { } kept && IsWithin(kept, options.Folder))
        {
            fault ??= new Words(
                $"--checkpoint-to {kept} 在数据文件夹 {options.Folder} 之内：能改数据者也能改它。请另选他处，最好在另一台机器上。",
                $"--checkpoint-to {kept} is inside the data folder {options.Folder}: who can change the data could change it too. Choose "
                    + "another place, best on another machine."
            );
        }

        fault ??= RoleFault(given, options);
        if (!options.IsWeb && options.SiloPort == options.GatewayPort)
        {
            fault ??= new Words("--silo-port 与 --gateway-port 不能相同。", "--silo-port and --gateway-port must differ.");
        }

        if (options.HttpPort is { } http && ((!options.IsWeb && http == options.SiloPort) || http == options.GatewayPort))
        {
            fault ??= new Words(
                "--http 不能与 --silo-port、--gateway-port 相同。",
                "--http must differ from --silo-port and --gateway-port."
            );
        }

        if (options.Dashboard && (options.HttpPort is null || !IPAddress.IsLoopback(options.Host)))
        {
            fault ??= new Words(
                "--dashboard 须与 --http 同用，且只能开在本机地址上：它没有身份验证。",
                "--dashboard needs --http, and a loopback address: it is not authenticated."
            );
        }

        if (options.Identity.DemoAccounts && (options.HttpPort is null || !IPAddress.IsLoopback(options.Host)))
        {
            fault ??= new Words(
                "--demo-accounts 须与 --http 同用，且只能开在本机地址上：其口令印在屏幕上，仅供试用。",
                "--demo-accounts needs --http, and a loopback address: their passwords are printed, and they are for trying only."
            );
        }

        return (options, fault);
    }

    private static bool IsWithin(string path, string folder) =>
        $"{path}{Path.DirectorySeparatorChar}".StartsWith(
            $"{Path.TrimEndingDirectorySeparator(folder)}{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal
        );

    public string In(Words words) => Chinese ? words.Zh : words.En;
}
