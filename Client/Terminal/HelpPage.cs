using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TownReform.Client.Reports;

namespace TownReform.Client.Terminal;

/// <summary><c>--help</c> of any command, in the reader's language, with an example.</summary>
internal sealed class HelpPage(Shell shell) : SynchronousCommandLineAction
{
    private const int Gap = 2,
        Widest = 34;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.InvocationConfiguration.Output, parseResult.CommandResult.Command);
        return ExitCode.Done;
    }

    public void Write(TextWriter to, Command command)
    {
        var path = Path(command);
        to.WriteLine(command.Description);
        to.WriteLine();
        to.WriteLine($"{In("用法", "Usage")}: {Usage(path, command)}");
        if (shell.ExampleOf(command) is { } example)
        {
            to.WriteLine($"{In("例", "Example")}: {CommandTree.Name} {example}");
        }

        Section(to, In("命令", "Commands"), command.Subcommands.Where(s => !s.Hidden).Select(s => (s.Name, s.Description)));
        Section(to, In("参数", "Arguments"), command.Arguments.Select(a => (a.Name, a.Description)));
        Section(to, In("选项", "Options"), Own(command).Select(Row));
        Section(to, In("各命令通用的选项", "Options of every command"), path[0].Options.Where(o => o.Recursive).Select(Row));
    }

    private string Usage(List<Command> path, Command command)
    {
        var words = path.Select(c => c is RootCommand ? CommandTree.Name : c.Name)
            .Concat(command.Arguments.Select(a => a.Name))
            .Concat(Own(command).Where(o => o.Required).Select(o => $"{o.Name} {o.HelpName}"));
        if (command.Subcommands.Count > 0)
        {
            words = words.Append(In("命令", "COMMAND"));
        }

        return string.Join(' ', words.Append($"[{In("选项", "options")}]"));
    }

    private static IEnumerable<Option> Own(Command command) => command is RootCommand ? [] : command.Options.Where(o => !o.Recursive);

    private (string, string?) Row(Option option)
    {
        var about =
            option is HelpOption ? In("显示本帮助", "show this help")
            : option is VersionOption ? In("显示版本", "show the version")
            : option.Description;
        return (
            option.HelpName is { Length: > 0 } shape ? $"{option.Name} {shape}" : option.Name,
            option.Required ? $"{about} ({In("必填", "required")})" : about
        );
    }

    private static void Section(TextWriter to, string title, IEnumerable<(string Name, string? About)> rows)
    {
        var listed = rows.ToArray();
        if (listed.Length == 0)
        {
            return;
        }

        var width = Math.Min(listed.Max(r => r.Name.Length), Widest) + Gap;
        to.WriteLine();
        to.WriteLine($"{title}:");
        foreach (var (name, about) in listed)
        {
            to.WriteLine($"  {name.PadRight(width)}{about}");
        }
    }

    private static List<Command> Path(Command command)
    {
        var path = new List<Command> { command };
        while (path[0].Parents.OfType<Command>().FirstOrDefault() is { } parent)
        {
            path.Insert(0, parent);
        }

        return path;
    }

    private string In(string zh, string en) => new Words(zh, en).In(shell.Lang);
}
