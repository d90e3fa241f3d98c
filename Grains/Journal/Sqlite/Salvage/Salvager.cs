using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>
/// Saves what is whole of a town's damaged files (<c>town.sqlite</c>, its <c>-wal</c>, both segments of the redo log) into a new folder
/// that a silo starts on, and says what is lost. It asks SQLite for nothing of the record, but reads all pages itself: a record proves
/// itself by its hash, so it may stand anywhere.
/// </summary>
/// <remarks>
/// A stream with a hole ends before it; what comes behind is put aside, readable (<see cref="AsideFile"/>). Commits keep their numbers and
/// roots. Those that aren't whole any more are noted in the new file, and their numbers never given again: whoever audits it is told of
/// them for ever.
/// </remarks>
public sealed class Salvager(SeedLibrary seeds)
{
    /// <summary>What was found and can't follow.</summary>
    public const string AsideFile = "salvage-aside.jsonl";

    /// <summary>The files that it looks at; any of them may be missing.</summary>
    public static IReadOnlyList<string> Sources(string path) => [path, $"{path}-wal", .. RedoLog.Segments(path)];

    /// <param name="path">The damaged <c>town.sqlite</c>. It is only read.</param>
    /// <param name="folder">The new folder; not there, or empty.</param>
    /// <exception cref="BackupException">The folder has something in it.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="InvalidDataException">Nothing of a town's record was found; the new folder is gone again.</exception>
    public SalvageReport Run(string path, string folder, CancellationToken cancellation = default)
    {
        using var made = new NewFolder(folder);
        var scratch = Path.Combine(made.Path, "salvage.tmp");
        SalvageReport report;
        using (var found = new Scratch(scratch))
        {
            report = Save(path, made.Path, found, cancellation);
        }

        File.Delete(scratch);
        made.Keep();
        return report with { Folder = folder };
    }

    private SalvageReport Save(string path, string folder, Scratch found, CancellationToken cancellation)
    {
        var notices = new List<Words>();
        var log = Gather(path, found, notices, cancellation);
        var (sieve, cases) = (new StreamSieve(found), new SalvagedCases(seeds));
        var lostRecords = sieve.Run(cases.Take);
        Settle(found);
        var commits = new CommitSieve(found);
        cancellation.ThrowIfCancellationRequested();
        if (commits.Commits.Count == 0 && sieve.Streams == 0)
        {
            throw new InvalidDataException(
                $"{path} 及其重做日志中没有任何完整的记录。 / Nothing of a town's record is whole in {path} and its redo log."
            );
        }

        var last = Math.Max(commits.Last, log?.Reached.No ?? 0);
        var lost = commits.Lost(last);
        var file = Path.Combine(folder, Path.GetFileName(path));
        Write(file, found, commits, cases, lost);
        var (effects, letters) = (
            WriteEffects(file, found, "outbox", "found_effects"),
            WriteEffects(file, found, "dead_letters", "found_letters")
        );
        JournalFile.MakeOne(file);
        var aside = SalvageAside.Write(found, Path.Combine(folder, AsideFile));
        var report = SqliteAudit.Verify(file, null, cancellation);
        return new SalvageReport(
            Folder: "",
            Records: found.List("SELECT count(*) FROM found WHERE kept = 1", row => row.GetInt64(0))[0],
            Streams: sieve.Streams,
            Commits: commits.Whole,
            LastCommit: last,
            Cases: cases.Cases,
            Effects: effects,
            DeadLetters: letters,
            LostCommits: lost,
            LostRecords: lostRecords,
            Aside: aside,
            AsideFile: aside > 0 ? AsideFile : null,
            Notices: [.. notices, .. cases.Failed],
            Fault: report.Fault,
            Checkpoint: report.Checkpoint
        );
    }

    // Everything that looks like a part of the record, wherever it stands.
    private static RedoReading? Gather(string path, Scratch found, List<Words> notices, CancellationToken cancellation)
    {
        using (var pages = new PageSource(path))
        {
            if (pages.IsThere)
            {
                new Carving(pages, found).Run();
            }
        }

        cancellation.ThrowIfCancellationRequested();
        var outbox = SalvageOutbox.Take(path, found);
        notices.AddRange(new[] { outbox.Fault, SalvageOutbox.TakeLetters(path, found) }.OfType<Words>());

        RedoReading log;
        try
        {
            log = RedoReading.Of(path, 0);
        }
        catch (InvalidDataException e)
        {
            notices.Add(new(e.Message, e.Message));
            return null;
        }

        var others = found.Take(log.Commits.Where(commit => commit.IsWhole).DistinctBy(commit => commit.No), outbox.Applied);
        if (others.Count > 0)
        {
            var numbers = string.Join(", ", others);
            notices.Add(
                new(
                    $"重做日志的第 {numbers} 次提交属另一份记录，未取用。",
                    $"Commits {numbers} of the redo log are of another course of the town and were not taken."
                )
            );
        }

        return log;
    }

    // Where the log has a record too, its place and its commit are those of the log: nothing covers them in a row.
    private static void Settle(Scratch found)
    {
        found.Do("CREATE INDEX found_hash ON found (hash)");
        found.Do(
            "UPDATE found SET (seq, commit_no) = (SELECT l.seq, l.commit_no FROM found l WHERE l.hash = found.hash AND l.source "
                + "= 1) WHERE kept = 1 AND source = 0 AND EXISTS (SELECT 1 FROM found l WHERE l.hash = found.hash AND l.source = 1)"
        );
        found.Do(
            "UPDATE found SET seq = (SELECT max(seq) FROM found WHERE kept = 1) + found_id WHERE kept = 1 AND EXISTS (SELECT 1 "
                + "FROM found e WHERE e.kept = 1 AND e.seq = found.seq AND e.found_id < found.found_id)"
        );
    }

    private static void Write(string file, Scratch found, CommitSieve commits, SalvagedCases cases, IReadOnlyList<LostCommits> lost)
    {
        SchemaUpgrade.Apply(file, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        Attach(file, found);
        var columns = string.Join(", ", found.Columns("journal"));
        found.Do($"INSERT INTO town.journal ({columns}) SELECT {columns} FROM found WHERE kept = {Scratch.Kept} ORDER BY seq");
        using (var commit = found.Command("INSERT INTO town.commits (no, records, prev_root, root) VALUES ($no, $records, $prev, $root)"))
        {
            foreach (var next in commits.Commits)
            {
                commit.Parameters.Clear();
                commit.Parameters.AddWithValue("$no", next.No);
                commit.Parameters.AddWithValue("$records", next.Records);
                commit.Parameters.AddWithValue("$prev", next.PreviousRoot.ToArray());
                commit.Parameters.AddWithValue("$root", next.Root.ToArray());
                commit.ExecuteNonQuery();
            }
        }

        foreach (var range in lost)
        {
            found.Do($"INSERT INTO town.lost_commits (first, last) VALUES ({range.First}, {range.Last})");
        }

        found.Do("DETACH town");
        using var connection = JournalFile.OpenWriter(file);
        cases.Write(connection);
    }

    // An effect of a record that isn't kept would act on what nobody knows of any more.
    /// <returns>How many were saved.</returns>
    private static long WriteEffects(string file, Scratch found, string table, string from)
    {
        Attach(file, found);
        var columns = string.Join(", ", found.Columns(table));
        found.Do(
            $"UPDATE {from} SET kept = {Scratch.Kept} WHERE EXISTS (SELECT 1 FROM town.journal j WHERE j.world = {from}.world AND "
                + $"j.stream = {from}.stream AND j.version = {from}.version)"
        );
        found.Do(
            $"INSERT OR IGNORE INTO town.{table} ({columns}) SELECT {columns} FROM {from} WHERE kept = {Scratch.Kept} ORDER BY "
                + "id, source DESC"
        );
        var saved = found.List($"SELECT count(*) FROM town.{table}", row => row.GetInt64(0))[0];
        found.Do("DETACH town");
        return saved;
    }

    private static void Attach(string file, Scratch found)
    {
        using var attach = found.Command("ATTACH $file AS town");
        attach.Parameters.AddWithValue("$file", file);
        attach.ExecuteNonQuery();
    }
}
