using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Commands;

/// <summary><c>compare</c>: two runs of the simulator side by side.</summary>
internal static class CompareCommand
{
    public static Command Build(Shell shell)
    {
        var a = shell.Argument("A", new("运行的文件夹或 summary.json", "folder of a run, or its summary.json"));
        var b = shell.Argument("B", new("另一运行", "the other run"));
        var html = shell.Text("--html", "FILE", new("另存为独立网页", "write a self-contained page too"));
        var command = shell.Command("compare", new("对比两次模拟运行", "compare two runs of the simulator"), "compare runs/reform runs/before --html compare.html")
            .With(html)
            .Does(shell, call =>
            {
                var comparison = RunComparison.Of(SummaryJson.Read(call.Of(a)), SummaryJson.Read(call.Of(b)));
                if (call.Of(html) is { } file)
                {
                    using var page = File.Create(file);
                    ComparisonPage.Write(page, comparison, call.Screen.Lang);
                }

                new ComparisonTables(comparison, call.Screen.Lang).Write(call.Screen.Console);
                return Task.FromResult(ExitCode.Done);
            });
        command.Arguments.Add(a);
        command.Arguments.Add(b);
        return command;
    }
}
