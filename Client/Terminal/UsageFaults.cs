using System.CommandLine;
using System.CommandLine.Parsing;

namespace TownReform.Client.Terminal;

/// <summary>Says in both languages what is wrong with a command line. The parser's own texts are only the last resort: they know one
/// language.</summary>
internal static class UsageFaults
{
    public static IReadOnlyList<Words> Of(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        Words[] found =
        [
            .. Strangers(parse).Select(token => Unknown(token, command)),
            .. command.Options.Where(o => o.Required && parse.GetResult(o) is null or { Implicit: true }).Select(MissingOption),
            .. command
                .Arguments.Where(a => (parse.GetResult(a)?.Tokens.Count ?? 0) < a.Arity.MinimumNumberOfValues)
                .Select(MissingArgument),
            .. parse.CommandResult.Children.OfType<OptionResult>().SelectMany(Miscounted),
        ];
        if (found.Length == 0 && command.Subcommands.Count > 0)
        {
            var names = string.Join(", ", command.Subcommands.Select(s => s.Name));
            found = [new Words($"请选择命令：{names}。", $"Choose a command: {names}.")];
        }

        return found.Length > 0 ? found : [.. parse.Errors.Select(e => new Words(e.Message, e.Message))];
    }

    // A value behind an unknown option is its own; the option is what isn't known.
    private static IEnumerable<string> Strangers(ParseResult parse)
    {
        var unmatched = parse.UnmatchedTokens;
        var options = unmatched
            .Where(token => token.StartsWith("--", StringComparison.Ordinal))
            .Select(token => token.Split('=')[0])
            .ToArray();
        return options.Length > 0 ? options : unmatched;
    }

    private static Words Unknown(string token, Command command)
    {
        var shown = Grains.Rules.Texts.Characters.Told(token);
        string[] known =
        [
            .. command.Subcommands.Count > 0 && !token.StartsWith('-') ? command.Subcommands.Select(s => s.Name) : Options(command),
        ];
        var near = Nearest.Of(known, token);
        var list = string.Join(", ", known);
        return near.Length > 0
            ? new Words(
                $"不认识“{shown}”；您是否要用：{string.Join("、", near)}？",
                $"'{shown}' is not known here. Did you mean {string.Join(", ", near)}?"
            )
            : new Words($"不认识“{shown}”；此处可用：{list}。", $"'{shown}' is not known here; there are: {list}.");
    }

    private static IEnumerable<string> Options(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(o => at == command || o.Recursive))
            {
                yield return option.Name;
            }
        }
    }

    private static Words MissingOption(Option option) =>
        new(
            $"缺少必填选项 {option.Name} {option.HelpName}：{option.Description}。",
            $"Option {option.Name} {option.HelpName} is required: {option.Description}."
        );

    private static Words MissingArgument(Argument argument) =>
        new($"缺少参数 {argument.Name}：{argument.Description}。", $"Argument {argument.Name} is missing: {argument.Description}.");

    private static IEnumerable<Words> Miscounted(OptionResult given)
    {
        var (option, count) = (given.Option, given.Tokens.Count);
        if (given.Implicit)
        {
            yield break;
        }

        if (count < option.Arity.MinimumNumberOfValues)
        {
            yield return new Words(
                $"选项 {option.Name} 缺少取值（{option.HelpName}）。",
                $"Option {option.Name} needs a value ({option.HelpName})."
            );
        }
        else if (count > option.Arity.MaximumNumberOfValues)
        {
            yield return new Words($"选项 {option.Name} 只能给一次。", $"Option {option.Name} can be given once only.");
        }
    }
}
