using System.CommandLine;
using System.CommandLine.Invocation;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Terminal;

/// <summary>One run of the console: from a command line to an exit code, whatever happens. A stack trace is shown to nobody who didn't ask
/// for it.</summary>
internal static class ConsoleRun
{
    public static async Task<int> RunAsync(string[] line, TextWriter to, TextWriter complaints, CancellationToken cancellation = default)
    {
        var lang = ConsoleLanguage.Of(line, Environment.GetEnvironmentVariable);
        var shell = new Shell(lang);
        var parse = CommandTree.Build(shell).Parse(line);
        var screen = new Screen(to, complaints, lang, parse.GetValue(shell.Json));
        if (parse.Errors.Count > 0 && parse.Action is ParseErrorAction)
        {
            return Misused(parse, screen);
        }

        try
        {
            // The library would leave a cancelled command after two seconds, whatever it was still putting in order.
            var invocation = new InvocationConfiguration
            {
                Output = to,
                Error = complaints,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(invocation, cancellation);
        }
        catch (Exception e)
        {
            return Tell(e, screen, parse.GetValue(shell.Verbose));
        }
    }

    private static int Misused(ParseResult parse, Screen screen)
    {
        Words[] faults = [.. UsageFaults.Of(parse), new("用 --help 查看用法。", "See --help.")];
        screen.Fail(ExitCode.BadInput, new(string.Join('\n', faults.Select(f => f.Zh)), string.Join('\n', faults.Select(f => f.En))));
        return ExitCode.BadInput;
    }

    private static int Tell(Exception e, Screen screen, bool verbose)
    {
        var told = Told(e);
        screen.Fail(told.Code, told.Words);
        if (verbose)
        {
            screen.Complain(new(e.ToString(), e.ToString()));
        }

        return told.Code;
    }

    /// <summary>What ended a command: exit code and words.</summary>
    public static ConsoleFault Told(Exception e)
    {
        var (code, words) = e switch
        {
            CommandFailedException halt => (halt.Code, halt.Words),
            TownFaultException fault when LiveTown.Halted(fault, null) is var told => (told.Code, told.Words),
            OperationCanceledException => (ExitCode.Cancelled, new Words("已取消。", "Cancelled.")),
            SeedException seeds => (ExitCode.BadInput, SeedFaults.Of(seeds)),
            UnreadableSummaryException unreadable => (ExitCode.BadInput, unreadable.Because),
            _ when LiveTown.IsNoAnswer(e) => (ExitCode.Unreachable, LiveTown.NoAnswer(e.Message)),
            IOException or UnauthorizedAccessException => (
                ExitCode.BadInput,
                new Words($"文件无法读写：{e.Message}", $"A file can't be read or written: {e.Message}")
            ),
            _ => (
                ExitCode.Fault,
                new Words($"意外故障：{e.Message}（--verbose 列出详情）", $"Unexpected fault: {e.Message} (--verbose shows the details)")
            ),
        };
        return new(code, words);
    }
}

/// <summary>Faults of seeds as a message: each with file, line, what was expected and what was found.</summary>
internal static class SeedFaults
{
    public static Words Of(SeedException seeds)
    {
        Words[] faults = [.. seeds.Faults.Select(FaultWords.Of)];
        return new Words(
            $"种子数据有 {faults.Length} 处错误：\n{string.Join('\n', faults.Select(f => $"  {f.Zh}"))}",
            $"The seeds have {faults.Length} faults:\n{string.Join('\n', faults.Select(f => $"  {f.En}"))}"
        );
    }
}

/// <summary>The language that a command line asks for, or that the environment speaks.</summary>
internal static class ConsoleLanguage
{
    // Before the line is parsed: what the parser says must be in the language already. A bad value is told after parsing.
    public static Lang Of(string[] line, Func<string, string?> environment)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var value =
                line[i] == "--lang" && i + 1 < line.Length ? line[i + 1]
                : line[i].StartsWith("--lang=", StringComparison.Ordinal) ? line[i]["--lang=".Length..]
                : null;
            if (value is not null && WordsIn.TryParse(value, out var asked))
            {
                return asked;
            }
        }

        var spoken = environment("LC_ALL") is { Length: > 0 } all ? all : environment("LANG");
        return spoken?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Lang.Zh : Lang.En;
    }
}
