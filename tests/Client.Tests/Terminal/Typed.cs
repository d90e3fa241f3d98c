using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Terminal;

/// <summary>A command line, typed; what came back.</summary>
internal sealed record Typed(int Code, string Said, string Complained)
{
    public static Task<Typed> RunAsync(params string[] line) => RunAsync(line, null);

    private static async Task<Typed> RunAsync(string[] line, CancellationTokenSource? ctrlC)
    {
        using var said = new StringWriter();
        using var complained = new StringWriter();
        var code = await ConsoleRun.RunAsync(line, said, complained, ctrlC?.Token ?? TestContext.Current.CancellationToken);
        return new Typed(code, said.ToString(), complained.ToString());
    }

    /// <summary>Splits on blanks.</summary>
    public static Task<Typed> LineAsync(string line, CancellationTokenSource? ctrlC = null) =>
        RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), ctrlC);
}
