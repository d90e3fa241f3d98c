using System.Text;
using TownReform.Client.Terminal;

namespace TownReform.Client;

/// <summary>The console: <c>./townreform</c>.</summary>
internal static class Program
{
    private static Task<int> Main(string[] line)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return ConsoleRun.RunAsync(line, Console.Out, Console.Error);
    }
}
