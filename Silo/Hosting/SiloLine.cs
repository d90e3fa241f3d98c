using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Hosting;

/// <summary>The silo's command line: each option is declared once, for reading and for the help.</summary>
internal static partial class SiloLine
{
    public const string Help = "--help";

    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>In the order in which the help shows them.</summary>
    public static ImmutableArray<SiloOption> Options { get; } =
    [
        .. OfRoles,
        new("--storage", new("种类", "KIND"), new("sqlite（默认）或 postgres", "sqlite (default) or postgres")),
        new(
            "--connection",
            new("连接串", "TEXT"),
            new(
                $"PostgreSQL 连接串，如 \"Host=db;Username=town;Database=town\"（或环境变量 {SiloOptions.ConnectionVariable}）",
                $"PostgreSQL connection string, such as \"Host=db;Username=town;Database=town\" (or {SiloOptions.ConnectionVariable})"
            )
        ),
        new(
            "--address",
            new("地址", "ADDRESS"),
            new(
                "本节点监听并告知其他节点的地址（默认 127.0.0.1；其他地址须同时给出 --tls-…）",
                "address this silo listens on and tells the others (default 127.0.0.1; any other needs --tls-…)"
            )
        ),
        new(
            "--tls-certificate",
            new("文件", "FILE"),
            new("本节点的证书（PEM 或 PFX）：双向 TLS", "this silo's certificate (PEM or PFX): mutual TLS")
        ),
        new("--tls-key", new("文件", "FILE"), new("证书的私钥（PEM）", "the certificate's key (PEM)")),
        new(
            "--tls-ca",
            new("文件", "FILE"),
            new("签发节点与客户端证书的机构（PEM）", "the authority of silos' and clients' certificates (PEM)")
        ),
        new(
            "--data",
            new("文件夹", "FOLDER"),
            new(
                $"数据文件夹（默认 ./data，或环境变量 {SiloOptions.FolderVariable}）",
                $"folder of the data (default ./data, or {SiloOptions.FolderVariable})"
            )
        ),
        new(
            "--seeds",
            new("文件夹", "FOLDER"),
            new(
                "镇方案、目录、程序所在（默认向上查找 seeds，或环境变量 TOWNREFORM_SEEDS）",
                "plans, catalogues, procedures (default: nearest seeds folder above, or TOWNREFORM_SEEDS)"
            )
        ),
        new("--silo-port", new("端口", "PORT"), new("节点端口（默认 11111）", "port of the silo itself (default 11111)")),
        new("--gateway-port", new("端口", "PORT"), new("客户端连接的端口（默认 30000）", "port that clients connect to (default 30000)")),
        new(
            "--most-at-once",
            new("数", "N"),
            new(
                "同时办理的客户命令上限（新开案件至其一半为止），超过即答复“繁忙”并提示何时重发（默认 1024）",
                "commands of clients under way at most, half of it for one that opens a case; beyond that they are told \"busy\" with a "
                    + "hint when to send again (default 1024)"
            )
        ),
        new(
            "--requests-per-minute",
            new("数", "N"),
            new(
                $"每个账户每分钟经 HTTP 的请求数（默认 {RequestLimits.Default}）",
                $"requests of one account over HTTP in a minute (default {RequestLimits.Default})"
            )
        ),
        new(
            "--most-connections",
            new("数", "N"),
            new(
                "每个端口的连接数上限（默认 1024）；不说话的连接数秒后关闭",
                "connections at each port at most (default 1024); one that says nothing is closed after some seconds"
            )
        ),
        new(
            "--http",
            new("端口", "PORT"),
            new(
                "健康检查 /health/live、/health/ready，公众可读的接口 /api/v1（说明 /openapi/v1.json）；默认不开",
                "health endpoints /health/live and /health/ready, and what anybody may read: /api/v1, described at /openapi/v1.json "
                    + "(default: none)"
            )
        ),
        new(
            "--dashboard",
            null,
            new(
                "在 --http 端口的 /dashboard 开放 Orleans 仪表盘（没有身份验证，仅限本机地址）",
                "the Orleans Dashboard at /dashboard on the port of --http (not authenticated: loopback addresses only)"
            )
        ),
        .. OfSignIn,
        .. OfOutside,
        .. OfTokensAndProxies,
        new(
            "--simulations",
            null,
            new(
                "接受客户端的模拟运行（simulate --on-cluster）；默认不接受",
                "take runs of scenarios from clients (simulate --on-cluster); refused by default"
            )
        ),
        new(
            "--otlp",
            new("网址", "URL"),
            new(
                "把指标与跟踪发往 OpenTelemetry 收集器（OTLP/HTTP），如 http://127.0.0.1:4318（默认不发）",
                "send metrics and traces to an OpenTelemetry collector (OTLP over HTTP), such as http://127.0.0.1:4318 (default: "
                    + "nothing is sent)"
            )
        ),
        .. OfPapers,
        new(
            "--clock",
            new("时刻", "MOMENT"),
            new(
                "培训环境：新文件夹中的镇自该时刻计时（如 2019-06-03T09:00，无时区按镇的时区），所示各处均注明；再启动时接着上次继续",
                "practice town, in a folder of its own: its clock runs from that moment (such as 2019-06-03T09:00, in the towns' time "
                    + "without an offset), and everything shown says so; it goes on where it was when started again"
            )
        ),
        new("--lang", new("zh|en", "zh|en"), new("提示语言（默认按 LC_ALL、LANG）", "language of messages (default by LC_ALL, LANG)")),
        new(Help, null, new("显示本帮助", "show this help"), "-h", "-?"),
    ];

    /// <summary>The values that were typed, by option; an option without a value has an empty one. The last of several counts.</summary>
    /// <returns>What was read, and what is wrong with the line, if anything is.</returns>
    public static (Dictionary<string, string> Given, Words? Fault) Read(string[] line)
    {
        var command = new Command("silo");
        foreach (var option in Options)
        {
            command.Options.Add(option.Parsed);
        }

        var read = command.Parse(line, Plain);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        var fault = read.UnmatchedTokens is [var unknown, ..]
            ? new Words(
                $"没有选项“{NameOf(unknown)}”；--help 列出全部选项。",
                $"There is no option '{NameOf(unknown)}'; --help lists them."
            )
            : null;
        foreach (var option in Options)
        {
            if (read.GetResult(option.Parsed) is not { } found)
            {
                continue;
            }

            var value = found.Tokens.Count > 0 ? found.Tokens[^1].Value : "";
            if (option.Value is not null && value.Length == 0)
            {
                fault ??= new Words($"选项 {option.Name} 缺少取值。", $"Option {option.Name} needs a value.");
                continue;
            }

            given[option.Name] = value;
        }

        return (given, fault);
    }

    private static string NameOf(string token) => token.Split('=', 2)[0];
}

/// <summary>One option, as it is read and explained.</summary>
/// <param name="value">What stands for its value in the help; null: it takes none.</param>
internal sealed class SiloOption(string name, Words? value, Words about, params string[] aliases)
{
    public string Name => name;

    public Words? Value => value;

    public Words About => about;

    // How many values an option may have is judged by who reads them, in words of the town's own.
    public Option<string[]> Parsed { get; } =
        new(name, aliases)
        {
            Arity = value is null ? ArgumentArity.Zero : new ArgumentArity(0, 1000),
            AllowMultipleArgumentsPerToken = false,
        };
}
