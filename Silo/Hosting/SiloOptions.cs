using System.Globalization;
using System.Net;
using Npgsql;
using TownReform.Silo.Doors;

namespace TownReform.Silo.Hosting;

/// <summary>How the live silo is started.</summary>
/// <param name="Folder">Folder of the live town's data, on SQLite.</param>
/// <param name="Connection">Connection string of the cluster's PostgreSQL; null: this process alone, with its folder.</param>
/// <param name="Host">Address that this silo listens on and tells the others.</param>
/// <param name="Seeds">Folder of the seeds; null: it is looked for.</param>
/// <param name="Chinese">Language of messages: Chinese, else English.</param>
/// <param name="Help">Only the usage is asked for.</param>
internal sealed record SiloOptions(
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

    private static readonly string[] Names =
    [
        "--storage",
        "--connection",
        "--data",
        "--address",
        "--seeds",
        "--tls-certificate",
        "--tls-key",
        "--tls-ca",
        "--silo-port",
        "--gateway-port",
        "--most-at-once",
        "--most-connections",
        "--http",
        "--otlp",
        "--lang",
        "--clock",
    ];

    /// <summary>Options without a value.</summary>
    private static readonly string[] Flags = ["--dashboard", "--simulations"];

    /// <summary>Commands of clients under way at most; beyond that they are told that the town is busy.</summary>
    public int MostAtOnce { get; init; } = 1024;

    /// <summary>What silo and gateway ports are secured with; null: on loopback alone.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Connections at each port at most.</summary>
    public int MostConnections { get; init; } = 1024;

    /// <summary>Port of the health endpoints; null: none.</summary>
    public int? HttpPort { get; init; }

    /// <summary>Collector that metrics and traces are sent to; null: nothing is sent.</summary>
    public Uri? Collector { get; init; }

    /// <summary>The Orleans Dashboard beside the health endpoints.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Moment at which the clock of a practice town (培训环境) begins, as it was typed; null: a real town.</summary>
    public string? Clock { get; init; }

    /// <summary>Runs of scenarios are taken from clients.</summary>
    public bool Simulations { get; init; }

    public static Words Usage { get; } =
        new(
            """
            启动正式运行的镇：默认数据存于一个文件夹（SQLite），只在本机监听；也可由任意多个节点共用一个 PostgreSQL。
            用法：dotnet run -c Release --project Silo -- [选项]
              --storage 种类         sqlite（默认）或 postgres
              --connection 连接串    PostgreSQL 连接串，如 "Host=db;Username=town;Database=town"（或环境变量 TOWNREFORM_CONNECTION）
              --address 地址         本节点监听并告知其他节点的地址（默认 127.0.0.1；其他地址须同时给出 --tls-…）
              --tls-certificate 文件 本节点的证书（PEM 或 PFX），--tls-key 其私钥（PEM），--tls-ca 签发节点与客户端证书的机构（PEM）：双向 TLS
              --data 文件夹          数据文件夹（默认 ./data，或环境变量 TOWNREFORM_DATA）
              --seeds 文件夹         镇方案、目录、程序所在（默认向上查找 seeds，或环境变量 TOWNREFORM_SEEDS）
              --silo-port 端口       节点端口（默认 11111）
              --gateway-port 端口    客户端连接的端口（默认 30000）
              --most-at-once 数      同时办理的客户命令上限（新开案件至其一半为止），超过即答复“繁忙”并提示何时重发（默认 1024）
              --most-connections 数  每个端口的连接数上限（默认 1024）；不说话的连接数秒后关闭
              --http 端口            健康检查：/health/live、/health/ready（默认不开）
              --dashboard            在 --http 端口的 /dashboard 开放 Orleans 仪表盘（没有身份验证，仅限本机地址）
              --simulations          接受客户端的模拟运行（simulate --on-cluster）；默认不接受
              --otlp 网址            把指标与跟踪发往 OpenTelemetry 收集器（OTLP/HTTP），如 http://127.0.0.1:4318（默认不发）
              --clock 时刻           培训环境：新文件夹中的镇自该时刻计时（如 2019-06-03T09:00，无时区按镇的时区），所示各处均注明；再启动时接着上次继续
              --lang zh|en           提示语言（默认按 LC_ALL、LANG）
            例：dotnet run -c Release --project Silo -- --data ./data --gateway-port 30000
            例：dotnet run -c Release --project Silo -- --storage postgres --connection "Host=127.0.0.1;Username=town;Database=town"
            退出码：0 正常停止；1 意外故障（含被其他节点判定失效）；2 选项或种子数据有误；3 数据系按其他方案建立；4 文件夹或端口被占用
            """,
            """
            Runs the live town: by default its data in one folder (SQLite), listening on this machine only; or any number of silos on one PostgreSQL.
            Usage: dotnet run -c Release --project Silo -- [options]
              --storage KIND         sqlite (default) or postgres
              --connection TEXT      PostgreSQL connection string, such as "Host=db;Username=town;Database=town" (or TOWNREFORM_CONNECTION)
              --address ADDRESS      address this silo listens on and tells the others (default 127.0.0.1; any other needs --tls-…)
              --tls-certificate FILE this silo's certificate (PEM or PFX), --tls-key its key (PEM), --tls-ca the authority of silos' and clients' certificates (PEM): mutual TLS
              --data FOLDER          folder of the data (default ./data, or TOWNREFORM_DATA)
              --seeds FOLDER         plans, catalogues, procedures (default: nearest seeds folder above, or TOWNREFORM_SEEDS)
              --silo-port PORT       port of the silo itself (default 11111)
              --gateway-port PORT    port that clients connect to (default 30000)
              --most-at-once N       commands of clients under way at most, half of it for one that opens a case; beyond that they are told "busy" with a hint when to send again (default 1024)
              --most-connections N   connections at each port at most (default 1024); one that says nothing is closed after some seconds
              --http PORT            health endpoints /health/live and /health/ready (default: none)
              --dashboard            the Orleans Dashboard at /dashboard on the port of --http (not authenticated: loopback addresses only)
              --simulations          take runs of scenarios from clients (simulate --on-cluster); refused by default
              --otlp URL             send metrics and traces to an OpenTelemetry collector (OTLP over HTTP), such as http://127.0.0.1:4318 (default: nothing is sent)
              --clock MOMENT         practice town, in a folder of its own: its clock runs from that moment (such as 2019-06-03T09:00, in the towns' time without an offset), and everything shown says so; it goes on where it was when started again
              --lang zh|en           language of messages (default by LC_ALL, LANG)
            Example: dotnet run -c Release --project Silo -- --data ./data --gateway-port 30000
            Example: dotnet run -c Release --project Silo -- --storage postgres --connection "Host=127.0.0.1;Username=town;Database=town"
            Exit codes: 0 stopped in order; 1 unexpected fault (also: declared dead by the others); 2 bad options or seeds; 3 the data were founded otherwise; 4 folder or port in use
            """
        );

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with the line; the options then only tell the language.</returns>
    public static (SiloOptions Options, Words? Fault) Parse(string[] line, Func<string, string?> environment)
    {
        var (given, fault) = Read(line);
        var language = given.GetValueOrDefault("--lang");
        var options = new SiloOptions(
            Path.GetFullPath(given.GetValueOrDefault("--data") ?? NotEmpty(environment(FolderVariable)) ?? "data"),
            Database(given, environment, ref fault),
            ListenOn(given, ref fault),
            given.GetValueOrDefault("--seeds"),
            Port(given, "--silo-port", 11111, ref fault),
            Port(given, "--gateway-port", 30000, ref fault),
            (language ?? NotEmpty(environment("LC_ALL")) ?? environment("LANG") ?? "").StartsWith("zh", StringComparison.OrdinalIgnoreCase),
            given.ContainsKey("--help")
        )
        {
            MostAtOnce = Number(given, "--most-at-once", 1024, 1, 1_000_000, ref fault),
            Tls = Secured(given, environment, ref fault),
            MostConnections = Number(given, "--most-connections", 1024, 1, 65_535, ref fault),
            HttpPort = given.ContainsKey("--http") ? Port(given, "--http", 0, ref fault) : null,
            Dashboard = given.ContainsKey("--dashboard"),
            Clock = given.GetValueOrDefault("--clock"),
            Simulations = given.ContainsKey("--simulations"),
            Collector = Web(given, "--otlp", ref fault),
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

        if (options.SiloPort == options.GatewayPort)
        {
            fault ??= new Words("--silo-port 与 --gateway-port 不能相同。", "--silo-port and --gateway-port must differ.");
        }

        if (options.HttpPort is { } http && (http == options.SiloPort || http == options.GatewayPort))
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

        return (options, fault);
    }

    public string In(Words words) => Chinese ? words.Zh : words.En;

    private static (Dictionary<string, string> Given, Words? Fault) Read(string[] line)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < line.Length; i++)
        {
            var (name, value) = line[i].Split('=', 2) is [var before, var after] ? (before, after) : (line[i], null);
            if (name is "--help" or "-h" or "-?")
            {
                given["--help"] = "";
                continue;
            }

            if (Flags.Contains(name) && value is null)
            {
                given[name] = "";
                continue;
            }

            if (!Names.Contains(name))
            {
                return (given, new Words($"没有选项“{name}”；--help 列出全部选项。", $"There is no option '{name}'; --help lists them."));
            }

            value ??= i + 1 < line.Length ? line[++i] : null;
            if (string.IsNullOrEmpty(value))
            {
                return (given, new Words($"选项 {name} 缺少取值。", $"Option {name} needs a value."));
            }

            given[name] = value;
        }

        return (given, null);
    }

    // Never shown in full: it may hold a password.
    private static string? Database(Dictionary<string, string> given, Func<string, string?> environment, ref Words? fault)
    {
        var storage = given.GetValueOrDefault("--storage") ?? "sqlite";
        var connection = given.GetValueOrDefault("--connection");
        if (storage is not ("sqlite" or "postgres"))
        {
            fault ??= new Words(
                $"--storage 只能是 sqlite 或 postgres，不能是“{storage}”。",
                $"--storage is sqlite or postgres, not '{storage}'."
            );
        }
        else if (storage == "sqlite" && connection is not null)
        {
            fault ??= new Words("--connection 须与 --storage postgres 同用。", "--connection needs --storage postgres.");
        }
        else if (storage == "postgres" && given.ContainsKey("--data"))
        {
            fault ??= new Words(
                "--data 是 SQLite 的文件夹，不能与 --storage postgres 同用。",
                "--data is SQLite's folder; it can't be used with --storage postgres."
            );
        }
        else if (storage == "postgres")
        {
            connection ??= NotEmpty(environment(ConnectionVariable));
            fault ??= connection is null
                ? new Words(
                    "--storage postgres 须给出 --connection（或环境变量 TOWNREFORM_CONNECTION）。",
                    "--storage postgres needs --connection (or TOWNREFORM_CONNECTION)."
                )
                : WhyNot(connection);
            return connection;
        }

        return null;
    }

    private static Words? WhyNot(string connection)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host)
                ? new Words("--connection 缺少 Host。", "--connection lacks Host.")
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return new Words($"--connection 无法解读：{e.Message}", $"--connection can't be read: {e.Message}");
        }
    }

    private static TlsFiles? Secured(Dictionary<string, string> given, Func<string, string?> environment, ref Words? fault)
    {
        var (certificate, key, authority) = (
            given.GetValueOrDefault("--tls-certificate"),
            given.GetValueOrDefault("--tls-key"),
            given.GetValueOrDefault("--tls-ca")
        );
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        if (certificate is null || authority is null)
        {
            fault ??= new Words(
                "TLS 须同时给出 --tls-certificate 与 --tls-ca（PEM 证书还须 --tls-key）。",
                "TLS needs both --tls-certificate and --tls-ca (and --tls-key for a PEM certificate)."
            );
            return null;
        }

        var (files, wrong) = TlsFiles.Read(certificate, key, authority, environment(TlsFiles.PasswordVariable));
        fault ??= wrong ?? files!.WhyNoSilo();
        return files;
    }

    private static IPAddress ListenOn(Dictionary<string, string> given, ref Words? fault)
    {
        if (!given.TryGetValue("--address", out var text))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            return address;
        }

        fault ??= new Words(
            $"--address 须为本机的一个 IP 地址，不能是“{text}”。",
            $"--address is one IP address of this machine, not '{text}'."
        );
        return IPAddress.Loopback;
    }

    private static int Port(Dictionary<string, string> given, string name, int otherwise, ref Words? fault) =>
        Number(given, name, otherwise, 1, 65535, ref fault);

    private static int Number(Dictionary<string, string> given, string name, int otherwise, int least, int most, ref Words? fault)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        fault ??= new Words(
            $"{name} 须为 {least} 至 {most} 的整数，不能是“{text}”。",
            $"{name} is a whole number from {least} to {most}, not '{text}'."
        );
        return otherwise;
    }

    private static Uri? Web(Dictionary<string, string> given, string name, ref Words? fault)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        )
        {
            return address;
        }

        fault ??= new Words(
            $"{name} 须为网址，如 http://127.0.0.1:4318，不能是“{text}”。",
            $"{name} is an address such as http://127.0.0.1:4318, not '{text}'."
        );
        return null;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
