using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Sqlite.Redo;
using TownReform.Grains.Journal.Writing;
using TownReform.Grains.Matters.Simulated;

namespace TownReform.Grains.Tests.Journal;

/// <summary>
/// The files of a town that was killed, as they stood at two moments: tables with a write-ahead log, both segments of a redo log that is
/// ahead of them. A try puts them into a folder
/// damaged in one way, which its seed tells.
/// </summary>
internal sealed class DamagedTown : IDisposable
{
    private const int Early = 86,
        Late = 131,
        Behind = 9;

    private static readonly IReadOnlySet<long> None = new HashSet<long>();
    private readonly DirectoryInfo folder;
    private readonly byte[][][] moments = new byte[2][][];

    public DamagedTown()
    {
        var memory = new DirectoryInfo("/dev/shm");
        folder = Directory.CreateTempSubdirectory("damaged");
        if (memory.Exists)
        {
            folder.Delete();
            folder = memory.CreateSubdirectory(Path.GetRandomFileName());
        }

        Make();
    }

    /// <summary>What was answered by each of the two moments: stream, version, hash.</summary>
    public HashSet<string>[] Answered { get; } = [new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    /// <summary>A town's files of the later moment, damaged by a seed.</summary>
    /// <param name="lane">Tries side by side need a folder each.</param>
    /// <returns>The file, what was done, whether tables were left alone, and what has to be there unless it is told.</returns>
    public (string File, string Done, bool LogAlone, HashSet<string> Answered) Try(int seed, int lane)
    {
        var random = new Draws(seed);
        var at = folder.CreateSubdirectory($"try{lane}");
        foreach (var left in at.GetFiles())
        {
            left.Delete();
        }

        var file = Path.Combine(at.FullName, "town.sqlite");
        var files = Files(file);
        var (which, how) = (random.Next(files.Length), random.Next(13));
        var contents = moments[1].Select(content => content.ToArray()).ToArray();
        var (done, logAlone, answered) = ("", which >= 2, Answered[1]);
        if (how < 10)
        {
            (contents[which], done) = Damage(contents[which], how, random);
            done = $"{Path.GetFileName(files[which])}: {done}";
        }
        else if (how == 10)
        {
            (contents[2], contents[3], done, logAlone) = (contents[3], contents[2], "segments exchanged", true);
        }
        else if (how == 11)
        {
            (contents[2], contents[3], done, logAlone) = (
                contents[2 + (which % 2)],
                contents[2 + (which % 2)],
                "one segment in both places",
                true
            );
        }
        else
        {
            var of = Enumerable.Range(0, 4).Select(_ => random.Next(2)).ToArray();
            contents = [.. of.Select((moment, n) => moments[moment][n].ToArray())];
            (done, logAlone) = ($"files of moments {string.Join(", ", of)}", of is [1, 1, _, _]);
            answered = Answered[Math.Max(of[2], of[3])];
        }

        for (var n = 0; n < files.Length; n++)
        {
            if (contents[n] is { Length: > 0 } content)
            {
                File.WriteAllBytes(files[n], content);
            }
        }

        return (file, done, logAlone, answered);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string[] Files(string file) => [file, $"{file}-wal", .. RedoLog.Segments(file)];

    private static (byte[] Content, string Done) Damage(byte[] content, int how, Draws random)
    {
        var at = random.Next(content.Length);
        var (page, sector) = (at / 4096 * 4096, at / 512 * 512);
        switch (how)
        {
            case 0 or 1 or 2:
                content[at] ^= (byte)(1 << random.Next(8));
                return (content, $"a bit of byte {at}");
            case 3:
                content[at] = (byte)random.Next(256);
                return (content, $"byte {at}");
            case 4:
                content.AsSpan(page, Math.Min(4096, content.Length - page)).Clear();
                return (content, $"page of zeros at {page}");
            case 5:
                random.Fill(content.AsSpan(sector, Math.Min(512, content.Length - sector)));
                return (content, $"sector of noise at {sector}");
            case 6:
                return (content[..at], $"cut at {at}");
            case 7:
                content.AsSpan(at).Clear();
                return (content, $"zeros from {at} on");
            case 8:
                var from = random.Next(content.Length) / 4096 * 4096;
                var length = Math.Min(4096, content.Length - Math.Max(page, from));
                content.AsSpan(from, length).CopyTo(content.AsSpan(page));
                return (content, $"page at {page} is that at {from}");
            default:
                return ([], "gone");
        }
    }

    private void Make()
    {
        var file = Path.Combine(folder.CreateSubdirectory("made").FullName, "town.sqlite");
        SchemaUpgrade.Apply(file, typeof(SqliteWorld).Assembly, SqliteWorld.Scripts);
        using var tables = new TownTables(file);
        using var log = new RedoLog(file, 0, () => TownTables.BeginLog(file, 0), enough: 30_000);
        var (place, applied, heads, waiting) = (tables.Position(), 0L, new Dictionary<string, JournalHead>(), new List<CommitBuffer>());
        for (var n = 1; n <= Late; n++)
        {
            var appends = Enumerable.Range(0, 1 + (n % 2)).Select(other => Append(n + (7000 * other), heads)).ToList();
            var next = new CommitBuffer(place, appends);
            log.Write(next, applied);
            place = next.Commit.Frame.After;
            waiting.Add(next);
            foreach (var record in appends.SelectMany(append => append.Records))
            {
                Answered[1].Add(Name(record));
                if (n <= Early)
                {
                    Answered[0].Add(Name(record));
                }
            }

            if (waiting.Count == 2 * Behind)
            {
                tables.Apply([.. waiting.Take(Behind).Select(buffer => buffer.Commit)], None);
                (applied, waiting) = (waiting[Behind - 1].Commit.No, waiting[Behind..]);
            }

            if (n is Early / 2 or (Early + Late) / 2)
            {
                Checkpoint(file);
            }

            if (n is Early or Late)
            {
                moments[n == Early ? 0 : 1] = [.. Files(file).Select(Content)];
            }
        }
    }

    /// <summary>How a record is told apart.</summary>
    public static string Name(JournalRecord record) => $"{record.Stream} #{record.Version} {Convert.ToHexString(record.Hash.Span)}";

    private static PendingAppend Append(int n, Dictionary<string, JournalHead> heads)
    {
        // Every third is a case's next step; now and then a text that takes more than a page.
        var number = $"YD{(n % 3 == 0 ? n - 1 : n):D8}";
        var head = heads.GetValueOrDefault($"case/{number}", JournalHead.None);
        var happened = Sample.Event(n);
        happened =
            n % 20 == 0
                ? happened with
                {
                    Payload = System.Text.Encoding.UTF8.GetBytes($$"""{"schema":1,"text":"{{new string('文', 3000)}}"}"""),
                }
                : happened;
        var append = new PendingAppend(
            Address.Live,
            new JournalAppend(
                $"case/{number}",
                head,
                [happened],
                [Sample.Effect($"case/{number}", head.Version + 1, 0)],
                Sample.Row(number, n % 3 == 0 ? n - 1 : n, Sample.Work(number, head.Version + 1))
            )
        );
        append.Image = AppendImage.Of(append);
        heads[$"case/{number}"] = append.Records[^1].Head();
        return append;
    }

    private static void Checkpoint(string file)
    {
        using var connection = JournalFile.Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }

    // What lies beyond the last frame is zeros.
    private static byte[] Content(string file)
    {
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[from.Length];
        from.ReadExactly(content);
        if (!file.Contains(".redo", StringComparison.Ordinal))
        {
            return content;
        }

        var end = content.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        return content[..Math.Min(content.Length, ((end / 4096) + 1) * 4096)];
    }

    /// <summary>Draws of a seed, one after the other.</summary>
    private sealed class Draws(int seed)
    {
        private readonly RandomStream stream = RandomStream.Of(seed, 0);
        private int drawn;

        public int Next(int below) => stream.Below(drawn++, below);

        public void Fill(Span<byte> bytes)
        {
            foreach (ref var next in bytes)
            {
                next = (byte)Next(256);
            }
        }
    }
}
