using System.Globalization;

namespace TownReform.Silo.Hosting;

/// <summary>How the live silo is started.</summary>
/// <param name="Folder">Folder of the live town's data.</param>
/// <param name="Seeds">Folder of the seeds; null: it is looked for.</param>
/// <param name="Chinese">Language of messages: Chinese, else English.</param>
/// <param name="Help">Only the usage is asked for.</param>
internal sealed record SiloOptions(string Folder, string? Seeds, int SiloPort, int GatewayPort, bool Chinese, bool Help)
{
    public const string FolderVariable = "TOWNREFORM_DATA";

    private static readonly string[] Names = ["--data", "--seeds", "--silo-port", "--gateway-port", "--lang"];

    public static Words Usage { get; } = new(
        """
        启动正式运行的镇：数据存于一个文件夹（SQLite），只在本机监听。
        用法：dotnet run -c Release --project Silo -- [选项]
          --data 文件夹          数据文件夹（默认 ./data，或环境变量 TOWNREFORM_DATA）
          --seeds 文件夹         镇方案、目录、程序所在（默认向上查找 seeds，或环境变量 TOWNREFORM_SEEDS）
          --silo-port 端口       节点端口（默认 11111）
          --gateway-port 端口    客户端连接的端口（默认 30000）
          --lang zh|en           提示语言（默认按 LC_ALL、LANG）
        例：dotnet run -c Release --project Silo -- --data ./data --gateway-port 30000
        退出码：0 正常停止；1 意外故障；2 选项或种子数据有误；3 数据系按其他方案建立；4 文件夹或端口被占用
        """,
        """
        Runs the live town: its data in one folder (SQLite), listening on this machine only.
        Usage: dotnet run -c Release --project Silo -- [options]
          --data FOLDER          folder of the data (default ./data, or TOWNREFORM_DATA)
          --seeds FOLDER         plans, catalogues, procedures (default: nearest seeds folder above, or TOWNREFORM_SEEDS)
          --silo-port PORT       port of the silo itself (default 11111)
          --gateway-port PORT    port that clients connect to (default 30000)
          --lang zh|en           language of messages (default by LC_ALL, LANG)
        Example: dotnet run -c Release --project Silo -- --data ./data --gateway-port 30000
        Exit codes: 0 stopped in order; 1 unexpected fault; 2 bad options or seeds; 3 the data were founded otherwise; 4 folder or port in use
        """);

    /// <summary>Reads the command line.</summary>
    /// <returns>The options, or what is wrong with the line; the options then only tell the language.</returns>
    public static (SiloOptions Options, Words? Fault) Parse(string[] line, Func<string, string?> environment)
    {
        var (given, fault) = Read(line);
        var language = given.GetValueOrDefault("--lang");
        var options = new SiloOptions(
            Path.GetFullPath(given.GetValueOrDefault("--data") ?? NotEmpty(environment(FolderVariable)) ?? "data"),
            given.GetValueOrDefault("--seeds"),
            Port(given, "--silo-port", 11111, ref fault),
            Port(given, "--gateway-port", 30000, ref fault),
            (language ?? NotEmpty(environment("LC_ALL")) ?? environment("LANG") ?? "").StartsWith("zh", StringComparison.OrdinalIgnoreCase),
            given.ContainsKey("--help"));
        if (language is not (null or "zh" or "en"))
        {
            fault ??= new Words($"--lang 只能是 zh 或 en，不能是“{language}”。", $"--lang is zh or en, not '{language}'.");
        }

        if (options.SiloPort == options.GatewayPort)
        {
            fault ??= new Words("--silo-port 与 --gateway-port 不能相同。", "--silo-port and --gateway-port must differ.");
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

    private static int Port(Dictionary<string, string> given, string name, int otherwise, ref Words? fault)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
        {
            return port;
        }

        fault ??= new Words($"{name} 须为 1 至 65535 的端口号，不能是“{text}”。", $"{name} is a port from 1 to 65535, not '{text}'.");
        return otherwise;
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
