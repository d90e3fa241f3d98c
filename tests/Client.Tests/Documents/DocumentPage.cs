using System.Text.RegularExpressions;

namespace TownReform.Client.Tests.Documents;

/// <summary>What a document prints for users to type: commands with their answers, and the client program.</summary>
internal static partial class DocumentPage
{
    private const string Fence = "```";

    /// <summary>A command as printed, and the lines printed below it.</summary>
    internal sealed record Shown(string Command, List<string> Answer)
    {
        /// <summary>The command without a remark behind it, which is in the page's language.</summary>
        public string Typed => Command.Split(" #")[0].TrimEnd();
    }

    /// <summary>Every command of the page, in its order: behind a prompt, or README's two.</summary>
    public static IReadOnlyList<Shown> Commands(string page)
    {
        List<Shown> commands = [];
        foreach (var block in Blocks(page, ""))
        {
            Shown? last = null;
            foreach (var line in block)
            {
                if (last is not null && last.Command.Count(c => c == '"') % 2 == 1)
                {
                    commands[^1] = last = last with { Command = $"{last.Command}\n{line}" };
                }
                else if (line.StartsWith("$ ", StringComparison.Ordinal) || AtTheBeginning().IsMatch(line))
                {
                    commands.Add(last = new(line.StartsWith('$') ? line[2..] : line, []));
                }
                else if (last is not null && line.Trim() is not ("" or "..."))
                {
                    last.Answer.Add(line);
                }
            }
        }

        return commands;
    }

    /// <summary>The client program, and what is printed as its answer.</summary>
    public static (string Program, string Answer) Client(string page)
    {
        var program = string.Join('\n', Blocks(page, "csharp").Single()) + "\n";
        return (program, Blocks(page[page.IndexOf(program, StringComparison.Ordinal)..], "").First()[0]);
    }

    /// <summary>What stays of a line when moments, hashes and numbers of records are other ones.</summary>
    public static string Lasting(string line) =>
        Blanks().Replace(Counts().Replace(Hashes().Replace(Moments().Replace(line, "MOMENT"), "HASH"), "N"), " ").Trim();

    /// <summary>Whether an answer has a printed line; what stands as … may be anything.</summary>
    public static bool Has(IEnumerable<string> answer, string printed)
    {
        var pattern = $"^{Regex.Escape(Lasting(printed)).Replace("…", ".*", StringComparison.Ordinal)}$";
        return answer.Any(line => Regex.IsMatch(Lasting(line), pattern));
    }

    /// <summary>The boxes of a page that are marked with a language.</summary>
    internal static IEnumerable<List<string>> Blocks(string page, string language)
    {
        List<string>? block = null;
        var wanted = false;
        foreach (var line in page.Split('\n'))
        {
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                block?.Add(line);
                continue;
            }

            if (block is not null && wanted)
            {
                yield return block;
            }

            wanted = block is null && line[Fence.Length..] == language;
            block = block is null ? [] : null;
        }
    }

    [GeneratedRegex(@"^(\./townreform [a-z]+ --|tests/run)")]
    private static partial Regex AtTheBeginning();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d\.\d+Z?)?)?")]
    private static partial Regex Moments();

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d+:[0-9a-f]{8,}…?|\b[0-9a-f]{16,}\b")]
    private static partial Regex Hashes();

    [GeneratedRegex(@"[\d,]+(?= (records|streams|commits)\b| 条记录| 条流| 次提交)")]
    private static partial Regex Counts();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
