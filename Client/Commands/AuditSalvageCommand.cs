using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Sqlite.Salvage;

namespace TownReform.Client.Commands;

/// <summary><c>audit salvage</c>: saves what is whole of a town's damaged files into a new folder, and says what is lost.</summary>
internal static class AuditSalvageCommand
{
    /// <summary>Streams that are named for people; programs get all of them.</summary>
    private const int Named = 50;

    public static Command Build(Shell shell)
    {
        var file = shell.Text(
            "--file",
            "PATH",
            new(
                "受损的 town.sqlite（只读；其旁的 -wal 与两份重做日志一并读取）",
                "the damaged town.sqlite (only read, with its -wal and both redo logs beside it)"
            ),
            required: true
        );
        var to = shell.Text(
            "--out",
            "FOLDER",
            new(
                "新数据文件夹，须不存在或为空；运行节点可用 --data 由此启动",
                "new data folder, not there yet or empty; a silo starts on it with --data"
            ),
            required: true
        );
        return shell
            .Command(
                "salvage",
                new(
                    "从受损文件中救出完整的提交，另存新文件夹，并列明所失；一无所失退出码 0，有所失 3",
                    "save what is whole of damaged files into a new folder, and say what is lost; exit 0 when nothing is, 3 when "
                        + "something is"
                ),
                "audit salvage --file data/town.sqlite --out saved"
            )
            .With(file, to)
            .Does(
                shell,
                async call =>
                {
                    var report = await RunAsync(call, call.Of(file)!, call.Of(to)!);
                    if (new StoredFile(Path.Combine(report.Folder, "town.sqlite")).Practice is { } practice)
                    {
                        call.Screen.Practice(RecordZone.Of(call.PlansBeside, "").In(practice));
                    }

                    call.Screen.Show(report, ConsoleJson.Own.SalvageReport, shown => Draw(call.Screen, shown));
                    return report.IsComplete ? ExitCode.Done : ExitCode.Refused;
                }
            );
    }

    private static async Task<SalvageReport> RunAsync(Call call, string path, string folder)
    {
        if (!Salvager.Sources(path).Any(File.Exists))
        {
            throw CommandFailedException.BadInput(
                $"没有文件 {path}，其旁也没有重做日志。",
                $"There is no file {path}, and no redo log beside it."
            );
        }

        try
        {
            return await Task.Run(() => new Salvager(call.Plans.Seeds).Run(path, folder, call.Cancellation), call.Cancellation);
        }
        catch (BackupException e)
        {
            throw CommandFailedException.BadInput(e.Words.Zh, e.Words.En);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput(e.Message, e.Message);
        }
    }

    private static void Draw(Screen screen, SalvageReport report)
    {
        screen.Say(
            new Words(
                $"已存入 {report.Folder}：{report.Records} 条记录、{report.Streams} 条流、{report.Commits} 次完整的提交（已知共 {report.LastCommit} 次）、"
                    + $"{report.Cases} 件案件、{report.Effects} 项待投递、{report.DeadLetters} 项搁置。",
                $"saved into {report.Folder}: {report.Records} records, {report.Streams} streams, {report.Commits} whole commits "
                    + $"of {report.LastCommit} that are known of, {report.Cases} cases, {report.Effects} effects on their way, "
                    + $"{report.DeadLetters} put aside."
            )
        );
        AuditCommand.Say(screen, report.Checkpoint);
        AuditCommand.Notice(screen, report.Notices.Select(notice => new Words(notice.Zh.TrimEnd('。'), notice.En.TrimEnd('.'))));
        if (report.IsComplete)
        {
            screen.Say(new Words("一无所失：散列链完整。", "Nothing is lost: the chains are whole."));
            return;
        }

        foreach (var range in report.LostCommits)
        {
            screen.Complain(
                range.First == range.Last
                    ? new Words($"第 {range.First} 次提交已不完整。", $"Commit {range.First} isn't whole any more.")
                    : new Words(
                        $"第 {range.First} 至 {range.Last} 次提交已不完整。",
                        $"Commits {range.First} to {range.Last} aren't whole any more."
                    )
            );
        }

        foreach (var lost in report.LostRecords.Take(Named))
        {
            var versions = lost.First == lost.Last ? $"#{lost.First}" : $"#{lost.First}–{lost.Last}";
            screen.Complain(
                new Words(
                    $"{lost.Stream} 缺 {versions}，其后 {lost.Aside} 条另存",
                    $"{lost.Stream} lacks {versions}; {lost.Aside} later records are put aside"
                )
            );
        }

        if (report.LostRecords.Count > Named)
        {
            screen.Complain(
                new Words(
                    $"…另有 {report.LostRecords.Count - Named} 条流（--json 可列全）",
                    $"… and {report.LostRecords.Count - Named} streams more (--json lists them all)"
                )
            );
        }

        if (report.AsideFile is { } aside)
        {
            screen.Complain(
                new Words(
                    $"接不上的 {report.Aside} 条记录与后续动作另存于 {Path.Combine(report.Folder, aside)}。",
                    $"{report.Aside} records and effects that can't follow are in {Path.Combine(report.Folder, aside)}."
                )
            );
        }

        screen.Complain(
            report.Fault is { } fault
                ? new Words($"新记录的校验会如实指出：{fault.Why.Zh}", $"Whoever audits the new record is told: {fault.Why.En}")
                : new Words("新记录的散列链完整。", "The chains of the new record are whole.")
        );
    }
}
