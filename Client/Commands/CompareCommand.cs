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
        var unpaired = shell.Flag(
            "--unpaired",
            new(
                "种子、时段、镇或重复次数不同也照样对比，并加注意",
                "compare runs whose seed, period, towns or replications differ too, with a warning"
            )
        );
        var command = shell
            .Command(
                "compare",
                new("对比两次模拟运行", "compare two runs of the simulator"),
                "compare runs/reform runs/before --html compare.html"
            )
            .With(html, unpaired)
            .Does(
                shell,
                call =>
                {
                    var comparison = RunComparison.Of(
                        SummaryJson.Read(call.Of(a)),
                        SummaryJson.Read(call.Of(b)),
                        InputsOf(call.Of(a)),
                        InputsOf(call.Of(b))
                    );
                    if (!comparison.Unpaired.IsEmpty && !call.Of(unpaired))
                    {
                        throw NotPaired(comparison);
                    }

                    if (call.Of(html) is { } file)
                    {
                        using var page = File.Create(file);
                        ComparisonPage.Write(page, comparison, call.Screen.Lang);
                    }

                    new ComparisonTables(comparison, call.Screen.Lang).Write(call.Screen.Console);
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(a);
        command.Arguments.Add(b);
        return command;
    }

    // What a run read lies beside its summary.
    private static RunInputs? InputsOf(string path) =>
        RunInputs.Read(Path.Combine(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!, RunInputs.FileName));

    private static CommandFailedException NotPaired(RunComparison comparison)
    {
        var differ = string.Join("; ", comparison.Unpaired.Select(d => $"{d.Path} {d.A} → {d.B}"));
        return CommandFailedException.BadInput(
            $"A 与 B 不成对：{differ}。两次运行的当事人不同，差值含偶然因素。请以相同的种子、时段、镇和重复次数重新运行，或加 --unpaired 照样对比。",
            $"A and B are not paired: {differ}. They meet other citizens, so their differences are partly chance. Run one again "
                + "with the same seed, period, towns and replications, or add --unpaired to see them all the same."
        );
    }
}
