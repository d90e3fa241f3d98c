using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using TownReform.Client.Reports;

namespace TownReform.Client.Terminal;

/// <summary>Where answers and complaints go, in which language and shape.</summary>
internal sealed class Screen(TextWriter to, TextWriter complaints, Lang lang, bool json)
{
    private IAnsiConsole? console;

    public Lang Lang { get; } = lang;

    /// <summary>Answers are for a machine.</summary>
    public bool Json { get; } = json;

    public TextWriter To { get; } = to;

    /// <summary>For tables; colours only on a terminal.</summary>
    public IAnsiConsole Console => console ??= Create();

    public void Say(Words words) => Say(words.In(Lang));

    public void Say(string text) => To.WriteLine(text);

    public void Complain(Words words) => complaints.WriteLine(words.In(Lang));

    /// <summary>Writes the value as JSON, or has it drawn for people.</summary>
    public void Show<T>(T value, JsonTypeInfo<T> type, Action<T> draw)
    {
        if (Json)
        {
            To.WriteLine(JsonSerializer.Serialize(value, type));
        }
        else
        {
            draw(value);
        }
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
            To.WriteLine(JsonSerializer.Serialize(new RefusedAnswer(refusal), ConsoleJson.Own.RefusedAnswer));
            return;
        }

        Complain(new($"不予办理 {(int)refusal.Code}（{refusal.Clause}）：{refusal.Because.Zh}", $"Refused {(int)refusal.Code} ({refusal.Clause}): {refusal.Because.En}"));
        foreach (var fact in refusal.Facts)
        {
            complaints.WriteLine($"  {fact.Name} = {fact.Value}");
        }
    }

    private IAnsiConsole Create()
    {
        var own = ReferenceEquals(To, System.Console.Out) && !System.Console.IsOutputRedirected;
        var created = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(To),
            Ansi = own ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!own)
        {
            // A pipe or a file has no width; lines are for grep, so they are not folded early.
            created.Profile.Width = Wide;
        }

        return created;
    }

    private const int Wide = 160;
}

/// <summary>A refusal as JSON: <c>{"refused": {…}}</c>.</summary>
internal sealed record RefusedAnswer(Refusal Refused);
