using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using TownReform.Client.Reports;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Terminal;

/// <summary>Where answers and complaints go, in which language and shape.</summary>
internal sealed class Screen(TextWriter to, TextWriter complaints, Lang lang, bool json, bool wide = false, bool plain = false)
{
    private IAnsiConsole? console;
    private string? practice;

    public Lang Lang { get; } = lang;

    /// <summary>Answers are for a machine.</summary>
    public bool Json { get; } = json;

    /// <summary>Nothing is cut or left out, however narrow the screen is.</summary>
    public bool Wide { get; } = wide;

    /// <summary>Lists are lines with tabs, for other programs.</summary>
    public bool Plain { get; } = plain;

    public TextWriter To { get; } = to;

    /// <summary>For tables; colours only on a terminal.</summary>
    public IAnsiConsole Console => console ??= Create();

    /// <summary>What is shown is of a practice town (培训环境): a line before it says so, or a property <c>practice</c> of each object in JSON,
    /// with the clock there.</summary>
    /// <param name="now">In the town's zone.</param>
    public void Practice(DateTimeOffset now)
    {
        practice = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var shown = now.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        var words = new Words($"【培训环境，不是正式业务】时钟 {shown}", $"[PRACTICE TOWN, nothing of this is real] clock {shown}");
        if (Json || Plain)
        {
            Complain(words);
        }
        else
        {
            Say(words);
        }
    }

    public void Say(Words words) => Say(words.In(Lang));

    public void Say(string text) => To.WriteLine(Lines(text));

    public void Complain(Words words) => complaints.WriteLine(Lines(words.In(Lang)));

    /// <summary>A text of ours with data in it: line ends are meant, whatever else would act on a terminal is written out.</summary>
    public static string Lines(string text) =>
        Characters.FindForbidden(text) is null
            ? text
            : string.Join('\n', text.Split('\n').Select(line => Characters.Harmless(line.TrimEnd('\r'))));

    /// <summary>What ended the command. As JSON it is an answer, so it goes where answers go.</summary>
    public void Fail(int code, Words words)
    {
        if (Json)
        {
            To.WriteLine(JsonSerializer.Serialize(new FaultAnswer(new(code, words)), ConsoleJson.Own.FaultAnswer));
        }
        else
        {
            Complain(words);
        }
    }

    /// <summary>Writes the value as JSON, or has it drawn for people.</summary>
    public void Show<T>(T value, JsonTypeInfo<T> type, Action<T> draw)
    {
        if (Json)
        {
            To.WriteLine(practice is null ? JsonSerializer.Serialize(value, type) : Marked(JsonSerializer.SerializeToNode(value, type)));
        }
        else
        {
            draw(value);
        }
    }

    /// <summary>The same; as JSON with more beside the value's own.</summary>
    public void Show<T>(T value, JsonTypeInfo<T> type, IReadOnlyDictionary<string, JsonNode?> more, Action<T> draw)
    {
        if (!Json)
        {
            draw(value);
            return;
        }

        var answer = JsonSerializer.SerializeToNode(value, type)!.AsObject();
        foreach (var (name, node) in more)
        {
            answer[name] = node;
        }

        To.WriteLine(Marked(answer));
    }

    private string? Marked(JsonNode? answer)
    {
        foreach (
            var one in practice is null ? []
            : answer is JsonArray list ? list.OfType<JsonObject>()
            : [.. new[] { answer }.OfType<JsonObject>()]
        )
        {
            one["practice"] = practice;
        }

        return answer?.ToJsonString(ConsoleJson.Own.Options);
    }

    /// <summary>Shows the value and ends well, or tells the refusal and ends with its code.</summary>
    public int Answer<T>(Outcome<T> outcome, JsonTypeInfo<T> type, Action<T> draw)
        where T : class
    {
        if (outcome.IsRefused(out var refusal, out var value))
        {
            Refuse(refusal);
            return ExitCode.Refused;
        }

        Show(value, type, draw);
        return ExitCode.Done;
    }

    /// <summary>Code, clause, words and facts of a refusal. As JSON it is an answer, so it goes where answers go.</summary>
    public void Refuse(Refusal refusal)
    {
        if (Json)
        {
            To.WriteLine(Marked(JsonSerializer.SerializeToNode(new RefusedAnswer(refusal), ConsoleJson.Own.RefusedAnswer)));
            return;
        }

        Complain(
            new(
                $"不予办理 {(int)refusal.Code}（{refusal.Clause}）：{refusal.Because.Zh}",
                $"Refused {(int)refusal.Code} ({refusal.Clause}): {refusal.Because.En}"
            )
        );
        foreach (var fact in refusal.Facts)
        {
            complaints.WriteLine($"  {fact.Name} = {Cells.Cut(Characters.Harmless(fact.Value), LongestFact)}");
        }
    }

    private IAnsiConsole Create()
    {
        var own = ReferenceEquals(To, System.Console.Out) && !System.Console.IsOutputRedirected;
        var created = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(To),
                Ansi = own ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = InteractionSupport.No,
            }
        );
        if (!own)
        {
            // A pipe or a file has no width; lines are for grep, so they are not folded early.
            created.Profile.Width = PipeWidth;
        }

        return created;
    }

    private const int PipeWidth = 160,
        LongestFact = 200;
}

/// <summary>A refusal as JSON: <c>{"refused": {…}}</c>.</summary>
internal sealed record RefusedAnswer(Refusal Refused);

/// <summary>A fault as JSON: <c>{"fault": {"code": 2, "words": {…}}}</c>; the code is the exit code.</summary>
internal sealed record FaultAnswer(ConsoleFault Fault);

internal sealed record ConsoleFault(int Code, Words Words);
