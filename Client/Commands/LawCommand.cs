using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Commands;

/// <summary><c>law show | diff</c>: figures of law by day, from the seeds; needs no live town.</summary>
internal static partial class LawCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "law",
            new("法律数值：某日有效的版本、两日之间的变化", "figures of law: those in force on a day, and what changed between two"),
            "law show --on 2019-06-03"
        );
        command.Subcommands.Add(Show(shell));
        command.Subcommands.Add(Diff(shell));
        return command;
    }

    private static Command Show(Shell shell)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = new Words(
                "数值名称或其开头，如 penalty；给出全名则列出各版本",
                "name of a figure or its beginning, such as penalty; a whole name lists all its versions"
            ).In(shell.Lang),
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "NAME",
        };
        Complete(name, shell);
        var on = shell.Text("--on", "DAY", new("哪一天的法律（默认今天）", "the law of which day (default today)"));
        var verify = shell.Flag(
            "--verify",
            new("只列待法制人员核实的数值（含各版本）", "only what a lawyer must still confirm, in every version")
        );
        var command = shell
            .Command(
                "show",
                new(
                    "列出某日有效的数值：值、单位、条文、起止、是否待核实",
                    "list the figures in force on a day: value, unit, article, from–until, whether still to be verified"
                ),
                "law show --on 2019-06-03 penalty"
            )
            .With(on, verify)
            .Does(
                shell,
                call =>
                {
                    var (law, wanted, given) = (call.Plans.Seeds.Law, call.Of(name!) is { Length: > 0 } named ? named : null, call.Day(on));
                    var day = given ?? Today();
                    if (call.Of(verify))
                    {
                        LawLine[] open =
                        [
                            .. law
                                .Statutes.SelectMany(s => s.Figures.SelectMany(f => f.All(s)))
                                .Where(f => f.Verify && (wanted is null || f.Name.StartsWith(wanted, StringComparison.Ordinal)))
                                .Select(LawLine.Of),
                        ];
                        call.Screen.Show(
                            open,
                            ConsoleJson.Own.LawLineArray,
                            shown => Draw(call.Screen, new("待核实的法律数值", "Figures of law that a lawyer must confirm"), shown)
                        );
                        return Task.FromResult(ExitCode.Done);
                    }

                    LawLine[] lines =
                        wanted is not null && given is null && History(law, wanted) is { Length: > 0 } versions
                            ? versions
                            : Lines(law.On(day), wanted);
                    if (lines.Length == 0)
                    {
                        throw CommandFailedException.BadInput(
                            $"没有以“{wanted}”开头的数值；用 law show 列出全部。",
                            $"No figure begins with '{wanted}'; law show lists them all."
                        );
                    }

                    call.Screen.Show(
                        lines,
                        ConsoleJson.Own.LawLineArray,
                        shown =>
                            Draw(
                                call.Screen,
                                Title(day, wanted, given is null && shown.Length > 0 && shown.All(l => l.Name == wanted)),
                                shown
                            )
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(name);
        return command;
    }

    private static Command Diff(Shell shell)
    {
        var (from, to) = (
            shell.Argument("FROM", new("前一日，如 2019-06-03", "the earlier day, such as 2019-06-03")),
            shell.Argument("TO", new("后一日", "the later day"))
        );
        var command = shell
            .Command(
                "diff",
                new("比较两日的法律数值（含条文变化）", "compare the figures of law of two days, their articles too"),
                "law diff 2021-07-14 2021-07-15"
            )
            .Does(
                shell,
                call =>
                {
                    var law = call.Plans.Seeds.Law;
                    var (before, after) = (Day(call.Of(from), "FROM"), Day(call.Of(to), "TO"));
                    LawChange[] changes =
                    [
                        .. Lines(law.On(before), null)
                            .Zip(Lines(law.On(after), null))
                            .Where(p => (p.First.Value, p.First.Unit, p.First.Article) != (p.Second.Value, p.Second.Unit, p.Second.Article))
                            .Select(p => new LawChange(p.First.Name, p.First, p.Second)),
                    ];
                    call.Screen.Show(changes, ConsoleJson.Own.LawChangeArray, shown => Draw(call.Screen, before, after, shown));
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        return command;
    }

    private static void Complete(Argument<string?> name, Shell shell) =>
        name.CompletionSources.Add(context => Known(context.ParseResult.GetValue(shell.Seeds)));

    // Names only: completion doesn't load and check all the seeds.
    private static IEnumerable<string> Known(string? seeds) =>
        SeedsFolder.Find(seeds).Folder is { } folder && Path.Combine(folder, "law") is var law && Directory.Exists(law)
            ? Directory
                .EnumerateFiles(law, "*.yaml")
                .SelectMany(File.ReadLines)
                .Select(line => FigureLine().Match(line))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value)
                .Order(StringComparer.Ordinal)
            : [];

    [GeneratedRegex(@"^  ([a-z]+(?:\.[a-z0-9-]+)+):$")]
    private static partial Regex FigureLine();

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static DateOnly Day(string text, string argument) =>
        DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw CommandFailedException.BadInput(
                $"{argument} 须为日期 年-月-日（如 2021-07-15），不能是“{text}”。",
                $"{argument} is a day YYYY-MM-DD (such as 2021-07-15), not '{text}'."
            );

    private static LawLine[] Lines(LawDay law, string? wanted) =>
        [
            .. law
                .Figures.Where(f => wanted is null || f.Name.StartsWith(wanted, StringComparison.Ordinal))
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(LawLine.Of),
        ];

    private static LawLine[] History(LawBook law, string name) =>
        [.. law.Statutes.SelectMany(s => s.Figures.Where(f => f.Name == name).SelectMany(f => f.All(s))).Select(LawLine.Of)];

    private static Words Title(DateOnly day, string? wanted, bool history) =>
        history ? new($"{wanted} 的各版本", $"Versions of {wanted}") : new($"{day:O} 有效的法律数值", $"Figures of law on {day:O}");

    private static void Draw(Screen screen, Words title, LawLine[] lines)
    {
        var lang = screen.Lang;
        var table = Columns
            .Titled(title.In(lang))
            .Text(new("名称", "Name"), lang)
            .Text(new("数值", "Figure"), lang)
            .Text(new("条文", "Article"), lang)
            .Text(new("起", "From"), lang)
            .Text(new("止", "Until"), lang)
            .Text(new("含义", "Meaning"), lang);
        foreach (var line in lines)
        {
            table.Row(
                line.Name,
                $"{line.Said.In(lang)}{(line.Verify ? new Words("（待核实）", " (verify)").In(lang) : "")}",
                line.Article,
                $"{line.From:O}",
                line.Until is { } until ? $"{until:O}" : Figure.Unknown,
                line.Meaning.In(lang)
            );
        }

        screen.Console.Write(table);
        var verify = lines.Count(l => l.Verify);
        if (verify > 0)
        {
            screen.Say(
                new Words(
                    $"标“待核实”的 {verify} 项须由法制人员核对后方可依据。",
                    $"{verify} marked verify must be confirmed by a lawyer before they are relied on."
                )
            );
        }
    }

    private static void Draw(Screen screen, DateOnly before, DateOnly after, LawChange[] changes)
    {
        var lang = screen.Lang;
        var table = Columns
            .Titled(
                new Words(
                    $"{before:O} 与 {after:O} 之间的变化：{changes.Length} 项",
                    $"Changed between {before:O} and {after:O}: {changes.Length}"
                ).In(lang)
            )
            .Text(new("名称", "Name"), lang)
            .Text(new($"{before:O}", $"{before:O}"), lang)
            .Text(new($"{after:O}", $"{after:O}"), lang);
        foreach (var change in changes)
        {
            table.Row(change.Name, Cell(change.Before, lang), Cell(change.After, lang));
        }

        screen.Console.Write(table);
    }

    private static string Cell(LawLine line, Lang lang) =>
        $"{line.Said.In(lang)}{(line.Verify ? new Words("（待核实）", " (verify)").In(lang) : "")}\n{line.Article}";
}

/// <summary>A figure in one version.</summary>
/// <param name="Value">Null: no such rule then.</param>
/// <param name="Said">The value with its unit, in words.</param>
/// <param name="Until">Last day; null while no other version follows.</param>
/// <param name="Verify">A lawyer must confirm it before it is relied on.</param>
/// <param name="Own">The town's own rule, not statute.</param>
/// <param name="DayThatCounts">Which day's version the rules take; null where procedures and items alone name it: then that of the day on
/// which the period begins.</param>
internal sealed record LawLine(
    string Name,
    decimal? Value,
    FigureUnit Unit,
    Words Said,
    string Article,
    DateOnly From,
    DateOnly? Until,
    bool Verify,
    bool Own,
    DayThatCounts? DayThatCounts,
    Words Meaning
)
{
    public static LawLine Of(LawFigure figure) =>
        new(
            Name: figure.Name,
            Value: figure.IsNone ? null : figure.Value,
            Unit: figure.Unit,
            Said: figure.Said,
            Article: figure.Article,
            From: figure.From,
            Until: figure.Until,
            Verify: figure.Verify,
            Own: figure.Own,
            DayThatCounts: LawNames.Uses.GetValueOrDefault(figure.Name)?.Day,
            Meaning: figure.Meaning
        );
}

/// <summary>A figure that differs between two days.</summary>
internal sealed record LawChange(string Name, LawLine Before, LawLine After);
