using System.CommandLine;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Storage;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Commands;

/// <summary><c>backup</c> and <c>restore</c>: the whole record of a town, copied while it runs, verified, and put back where no town
/// is.</summary>
internal static class BackupCommand
{
    public static Command Build(Shell shell)
    {
        var place = shell.Argument("DIR", new("备份文件夹（须不存在或为空）", "folder of the backup (not there yet, or empty)"));
        var data = shell.Text(
            "--data",
            "FOLDER",
            new(
                "镇的数据文件夹（默认 data，或环境变量 TOWNREFORM_DATA）；镇可照常运行",
                "the town's folder (default data, or TOWNREFORM_DATA); the town may run"
            )
        );
        var connection = shell.Text(
            "--connection",
            "STRING",
            new("或 PostgreSQL 连接串（集群）", "or the PostgreSQL connection string (a cluster)")
        );
        var command = shell
            .Command(
                "backup",
                new("备份运行中的镇：一致、已校验，可用 restore 恢复", "back a running town up: consistent, verified, for restore"),
                "backup backups/2026-12-01"
            )
            .With(data, connection)
            .Does(
                shell,
                async call =>
                {
                    var (to, at) = (call.Of(place), TimeProvider.System.GetUtcNow());
                    var manifest = await RunAsync(
                        call,
                        progress =>
                            Target(call, data, connection) is { } database
                                ? PostgresBackup.MakeAsync(database, to, WholeTown.Beside, at, progress, call.Cancellation)
                                : Task.Run(() =>
                                    SqliteBackup.Make(Folder(call, data), to, WholeTown.Beside, at, progress, call.Cancellation)
                                )
                    );
                    Tell(call, manifest, new($"已备份至 {Path.GetFullPath(to)}", $"backed up to {Path.GetFullPath(to)}"));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(place);
        return command;
    }

    public static Command BuildRestore(Shell shell)
    {
        var place = shell.Argument("DIR", new("backup 所写的文件夹", "folder that backup has written"));
        var data = shell.Text(
            "--data",
            "FOLDER",
            new("恢复到的新数据文件夹（其中不得已有镇）", "the new town's folder, in which no town is")
        );
        var connection = shell.Text(
            "--connection",
            "STRING",
            new("或恢复到的 PostgreSQL 库（其中不得已有镇）", "or the new town's PostgreSQL database, in which no town is")
        );
        var command = shell
            .Command(
                "restore",
                new("由备份恢复镇，恢复后再次校验", "restore a town from a backup, and verify it again"),
                "restore backups/2026-12-01 --data data2"
            )
            .With(data, connection)
            .Does(
                shell,
                async call =>
                {
                    if (call.Of(data) is null && call.Of(connection) is null)
                    {
                        throw CommandFailedException.BadInput(
                            "须以 --data 或 --connection 指明恢复到何处。",
                            "Say where to restore to: --data or --connection."
                        );
                    }

                    var from = call.Of(place);
                    var manifest = await RunAsync(
                        call,
                        progress =>
                            Target(call, data, connection) is { } database
                                ? PostgresBackup.RestoreAsync(from, database, WholeTown.Beside, progress, call.Cancellation)
                                : Task.Run(() => SqliteBackup.Restore(from, Folder(call, data), call.Cancellation))
                    );
                    Tell(call, manifest, new("已恢复，散列链完整", "restored; the chains are whole"));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(place);
        return command;
    }

    private static string? Target(Call call, Option<string?> data, Option<string?> connection) =>
        (call.Of(data), call.Of(connection)) switch
        {
            ({ }, { }) => throw CommandFailedException.BadInput(
                "--data 与 --connection 只能用一个。",
                "Use either --data or --connection."
            ),
            (_, { } text) => AuditSource.Connection(text),
            _ => null,
        };

    private static string Folder(Call call, Option<string?> data) =>
        Path.GetFullPath(
            call.Of(data) ?? (Environment.GetEnvironmentVariable("TOWNREFORM_DATA") is { Length: > 0 } named ? named : "data")
        );

    private static async Task<BackupManifest> RunAsync(Call call, Func<Action<double>, Task<BackupManifest>> work)
    {
        try
        {
            return await work(Progress(call.Screen));
        }
        catch (BackupException e)
        {
            throw new CommandFailedException(ExitCode.BadInput, e.Words);
        }
        catch (PostgresUnusableException e)
        {
            throw new CommandFailedException(ExitCode.Unreachable, e.Words);
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            var why = StorageFaults.Of(e);
            throw new CommandFailedException(
                ExitCode.BadInput,
                new($"未完成，未留下任何文件：{why.Zh}", $"Not done, and nothing is left of it: {why.En}")
            );
        }
    }

    // Told only of what takes a while, and beside the answer.
    private static Action<double> Progress(Screen screen)
    {
        var (last, every) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(3));
        return share =>
        {
            if (Stopwatch.GetElapsedTime(last) > every)
            {
                last = Stopwatch.GetTimestamp();
                screen.Complain(new($"已复制 {share:P0} …", $"{share:P0} copied …"));
            }
        };
    }

    private static void Tell(Call call, BackupManifest manifest, Words done)
    {
        if (manifest.Practice is { } practice)
        {
            call.Screen.Practice(RecordZone.Of(call.PlansBeside, "").In(practice));
        }

        call.Screen.Show(manifest, ConsoleJson.Own.BackupManifest, it => Draw(call.Screen, it, done));
    }

    private static void Draw(Screen screen, BackupManifest it, Words done)
    {
        screen.Say(
            new Words(
                $"{done.Zh}：{it.Records} 条记录、{it.Streams} 条流、{it.Commits} 次提交。",
                $"{done.En}: {it.Records} records, {it.Streams} streams, {it.Commits} commits."
            )
        );
        AuditCommand.Say(screen, it.Checkpoint);
    }
}
