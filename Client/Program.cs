using System.Text;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client;

/// <summary>The console: <c>./townreform</c>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] line)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var lang = ConsoleLanguage.Of(line, Environment.GetEnvironmentVariable);
        using var interruptions = new Interruptions(words => Console.Error.WriteLine(words.In(lang)));
        return await ConsoleRun.RunAsync(line, Console.Out, Console.Error, interruptions.Token);
    }
}
