using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;

namespace TownReform.Client.Terminal;

/// <summary>What all commands share: the language, the options that every command takes, and how a command is put together.</summary>
internal sealed class Shell
{
    /// <summary>Name of the option that says which town.</summary>
    public const string TownOption = "--town";

    private readonly Dictionary<Command, string> examples = [];

    public Shell(Lang lang)
    {
        Lang = lang;
        Language = Everywhere(
            Text("--lang", "zh|en", new("提示语言 zh 或 en（默认按 LC_ALL、LANG）", "language, zh or en (default by LC_ALL, LANG)"))
        );
        Gateway = Everywhere(
            Text(
                "--gateway",
                "HOST:PORT",
                new(
                    "运行节点的网关；集群可用逗号列出多个（默认 127.0.0.1:30000）",
                    "gateway of the live town; several of a cluster behind commas (default 127.0.0.1:30000)"
                )
            )
        );
        TlsCertificate = Everywhere(
            Text(
                "--tls-certificate",
                "FILE",
                new(
                    "连接 TLS 网关时出示的证书（PEM 或 PFX）；另须 --tls-ca",
                    "certificate to show to a gateway with TLS (PEM or PFX); needs --tls-ca"
                )
            )
        );
        TlsKey = Everywhere(Text("--tls-key", "FILE", new("该证书的私钥（PEM）", "that certificate's key (PEM)")));
        TlsAuthority = Everywhere(Text("--tls-ca", "FILE", new("签发证书的机构（PEM）", "the authority of the certificates (PEM)")));
        Seeds = Everywhere(
            Text(
                "--seeds",
                "FOLDER",
                new("种子数据文件夹（默认向上查找 seeds）", "folder of the seeds (default: nearest seeds folder above)")
            )
        );
        Json = Everywhere(Flag("--json", new("以 JSON 输出，供程序读取", "answer as JSON, for programs")));
        Wide = Everywhere(Flag("--wide", new("列表不截断、不省略栏目", "cut nothing in lists and leave no column out")));
        Plain = Everywhere(Flag("--plain", new("列表以制表符分隔，供其他程序读取", "lists as lines with tabs, for other programs")));
        Verbose = Everywhere(Flag("--verbose", new("意外故障时列出详情", "show the details of an unexpected fault")));
    }

    public Lang Lang { get; }

    public Option<string?> Language { get; }

    public Option<string?> Gateway { get; }

    public Option<string?> TlsCertificate { get; }

    public Option<string?> TlsKey { get; }

    public Option<string?> TlsAuthority { get; }

    public Option<string?> Seeds { get; }

    public Option<bool> Json { get; }

    public Option<bool> Wide { get; }

    public Option<bool> Plain { get; }

    public Option<bool> Verbose { get; }

    /// <summary>A command with its help line and an example of its use (without the program's name).</summary>
    public Command Command(string name, Words about, string example)
    {
        var command = new Command(name, about.In(Lang));
        examples.Add(command, example);
        return command;
    }

    public string? ExampleOf(Command command) => examples.GetValueOrDefault(command);

    public Option<string?> Text(string name, string shape, Words about, bool required = false) =>
        new(name)
        {
            Description = about.In(Lang),
            HelpName = shape,
            Required = required,
        };

    public Option<string[]> Texts(string name, string shape, Words about) =>
        new(name)
        {
            Description = about.In(Lang),
            HelpName = shape,
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    public Option<bool> Flag(string name, Words about) => new(name) { Description = about.In(Lang) };

    public Argument<string> Argument(string name, Words about) => new(name) { Description = about.In(Lang), HelpName = name };

    /// <summary>Which town; asked for by most commands.</summary>
    public Option<string?> Town(bool required = true) =>
        Text(TownOption, "TOWN", new("镇代码，如 yandian", "code of the town, such as yandian"), required).CompletedByTowns(this);

    /// <summary>Who acts; a command says whom it takes.</summary>
    public Option<string?> Actor(Words about, bool required = false) => Text("--as", "ID", about, required);

    private static T Everywhere<T>(T option)
        where T : Option
    {
        option.Recursive = true;
        return option;
    }
}
