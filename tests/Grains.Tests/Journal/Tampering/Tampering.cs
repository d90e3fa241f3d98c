using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>Something done to a journal, and what the verifier has to say of it.</summary>
/// <param name="Sql">What is executed behind the journal's back.</param>
/// <param name="Named">Whether a fault names the first broken record, as well as it can be named.</param>
/// <param name="Kept">Whether the checkpoint that was kept elsewhere is needed to notice it.</param>
internal sealed record Tampering(string What, string Sql, Func<ChainFault, bool> Named, bool Kept = false);

/// <summary>Every way of breaking a journal that the tests know, each at a place that is drawn; null where a journal has no such
/// place.</summary>
internal sealed class Tamperings(TamperedHistory history)
{
    private IReadOnlyList<TamperedRow> Rows => history.Rows;

    private ITamperedJournal Journal => history.Journal;

    /// <summary>Each takes three drawn numbers: which record, which other one, which of the variants.</summary>
    public IReadOnlyList<Func<int, int, int, Tampering?>> All =>
        [
            Edit,
            Edit,
            Edit,
            EditPlace,
            Delete,
            DeleteRange,
            CutStream,
            CutFile,
            CutFileWithCommits,
            Append,
            Insert,
            SwapContents,
            SwapPlaces,
            Rename,
            EditCommit,
            DeleteCommit,
            SwapCommits,
            RehashOne,
            RehashStream,
        ];

    public Tampering? Edit(int a, int b, int variant)
    {
        var (row, (column, expression)) = (At(a), Journal.Edits[variant % Journal.Edits.Count]);
        return new(
            $"{column} = {expression}",
            $"UPDATE journal SET {column} = {expression} WHERE {row.Where}",
            fault =>
                (!Journal.KeepsPlaces || fault.Place == row.Seq)
                && (column is "stream" ? fault.Stream is not null : fault.Stream == row.Stream)
                && (column is "version" || fault.Version == row.Version)
        );
    }

    public Tampering? Delete(int a, int b, int variant)
    {
        var row = At(a);
        return new("delete", $"DELETE FROM journal WHERE {row.Where}", fault => IsGone(fault, row, r => r == row));
    }

    public Tampering? RehashStream(int a, int b, int variant)
    {
        var row = At(a);
        return new(
            "edit and hash the stream anew",
            history.Rehashed(row, followers: true),
            fault => Names(fault, row) || IsAmong(fault, row)
        );
    }

    private Tampering? EditPlace(int a, int b, int variant)
    {
        var row = At(a);
        var place = (variant % 3) switch
        {
            0 => Rows.Count + 5,
            1 => 0,
            _ => -7,
        };
        return !Journal.KeepsPlaces
            ? null
            : new("place", $"UPDATE journal SET seq = {place} WHERE {row.Where}", fault => Names(fault, row) && fault.Place == place);
    }

    private Tampering? DeleteRange(int a, int b, int variant)
    {
        var (first, last) = (At(Math.Min(a % Rows.Count, b % Rows.Count)), At(Math.Max(a % Rows.Count, b % Rows.Count)));
        return new(
            "delete several",
            $"DELETE FROM journal WHERE seq BETWEEN {first.Seq} AND {last.Seq}",
            fault => IsGone(fault, first, r => r.Seq >= first.Seq && r.Seq <= last.Seq)
        );
    }

    private Tampering? CutStream(int a, int b, int variant)
    {
        var row = At(a);
        return new(
            "cut a stream",
            $"DELETE FROM journal WHERE stream = '{row.Stream}' AND version >= {row.Version}",
            fault => IsGone(fault, row, r => r.Stream == row.Stream && r.Version >= row.Version)
        );
    }

    private Tampering? CutFile(int a, int b, int variant)
    {
        var row = At(a);
        return new("cut the end", $"DELETE FROM journal WHERE seq >= {row.Seq}", fault => IsGone(fault, row, r => r.Seq >= row.Seq));
    }

    // Of one writer; the others go on, as when one silo's disk was put back to an earlier day.
    private Tampering? CutFileWithCommits(int a, int b, int variant)
    {
        var (commit, writer) = (At(a).Commit, At(a).Writer);
        var by = Journal.OwnColumns.Length == 0 ? "" : $" AND writer = {writer}";
        return new(
            "cut the end with its commits",
            $"DELETE FROM journal WHERE commit_no >= {commit}{by}; DELETE FROM commits WHERE no >= {commit}{by}",
            fault =>
                fault is { Kind: ChainFaultKind.Cut, Stream: null }
                    ? fault.Commit == commit
                    : fault.Kind == ChainFaultKind.Missing && Rows.Any(r => Is(fault, r) && r.Commit >= commit && r.Writer == writer),
            Kept: !Journal.KnowsItsEnd
        );
    }

    private Tampering? Append(int a, int b, int variant)
    {
        var forged = history.Forged(variant % 3 == 0 ? "case/none" : At(a).Stream);
        var commit = history.Commits.Last(c => c.Writer == Rows[0].Writer).No + (variant % 2);
        return new(
            "append",
            history.Insert(forged, Rows[^1].Seq + 1, commit),
            fault =>
                fault.Stream == forged.Stream
                    ? fault.Version == forged.Version
                    : variant % 2 == 1 && fault.Stream is null && fault.Commit == commit
        );
    }

    private Tampering? Insert(int a, int b, int variant)
    {
        var (before, forged) = (At(a), history.Forged(variant % 3 == 0 ? "case/none" : At(b).Stream));
        return before.Writer != Rows[0].Writer
            ? null
            : new(
                "insert",
                $"UPDATE journal SET seq = -seq WHERE seq >= {before.Seq}; UPDATE journal SET seq = 1 - seq WHERE seq < 0; "
                    + $"{history.Insert(forged, before.Seq, before.Commit)}",
                fault => fault.Stream == forged.Stream && fault.Version == forged.Version
            );
    }

    private Tampering? SwapContents(int a, int b, int variant)
    {
        var (one, other) = (At(a), At(b));
        string[][] choices =
        [
            ["payload"],
            ["command_id"],
            ["hash"],
            ["prev_hash", "hash"],
            ["payload", "command_id", "at", "actor_for", "prev_hash", "hash"],
        ];
        var columns = choices[variant % choices.Length];
        return one == other
            ? null
            : new($"swap {string.Join(", ", columns)}", Swapped(one, other, columns), fault => Is(fault, one) || Is(fault, other));
    }

    private Tampering? SwapPlaces(int a, int b, int variant)
    {
        var (one, other) = (At(a), At(b));
        if (one == other || one.Writer != other.Writer)
        {
            return null;
        }

        // Where places aren't kept, a place orders the records of one commit and means nothing else.
        var commits = !Journal.KeepsPlaces || variant % 2 == 1;
        return new(
            "swap places",
            Swapped(one, other, commits ? ["seq", "commit_no"] : ["seq"]),
            fault => Names(fault, one) || Names(fault, other) || IsAmong(fault, one) || IsAmong(fault, other)
        );
    }

    // With a hash of its own that fits the new name: only the root of its commit tells.
    private Tampering? Rename(int a, int b, int variant)
    {
        var row = At(a);
        var renamed = row.Record with { Stream = "case/none", Version = 1 + (variant % 3), ActorId = "S666" };
        return new(
            "rename",
            $"UPDATE journal SET stream = 'case/none', version = {renamed.Version}, actor_id = 'S666', hash = "
                + $"{Journal.Literal(HashChain.Of(renamed, renamed.PreviousHash.Span))} WHERE {row.Where}",
            fault =>
                fault.Commit == row.Commit
                && (
                    (fault.Stream == renamed.Stream && fault.Version == renamed.Version)
                    || Contains(fault, "case/none", renamed.Version)
                    || Names(fault, row)
                )
        );
    }

    private Tampering? EditCommit(int a, int b, int variant)
    {
        var commit = history.Commits[a % history.Commits.Count];
        var noise = Journal.Literal(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(variant)));
        string[] edits =
        [
            "records = records + 1",
            "records = records + 100000",
            "records = records - 1",
            "records = 0",
            $"root = {noise}",
            "root = prev_root",
            $"prev_root = {noise}",
            "no = no + 100000",
            "no = -no",
        ];

        // The root of a writer's last commit, or a record with a new hash? Nothing that is stored with it can tell, so either is named.
        var last = !history.Commits.Any(c => c.Writer == commit.Writer && c.No > commit.No);
        return new(
            edits[variant % edits.Length],
            $"UPDATE commits SET {edits[variant % edits.Length]} WHERE {Where(commit)}",
            fault => Math.Abs(fault.Commit ?? 0) == commit.No && (fault.Stream is null || last)
        );
    }

    private Tampering? DeleteCommit(int a, int b, int variant)
    {
        var commit = history.Commits[a % history.Commits.Count];
        return new(
            "delete a commit",
            $"DELETE FROM commits WHERE {Where(commit)}",
            fault => fault is { Kind: ChainFaultKind.Cut, Stream: null } && fault.Commit == commit.No
        );
    }

    private Tampering? SwapCommits(int a, int b, int variant)
    {
        var (one, other) = (
            history.Commits[Math.Min(a % history.Commits.Count, b % history.Commits.Count)],
            history.Commits[Math.Max(a % history.Commits.Count, b % history.Commits.Count)]
        );
        return one == other
            ? null
            : new(
                "swap roots",
                $"UPDATE commits SET root = {Journal.Literal(other.Root.Span)} WHERE {Where(one)}; UPDATE commits SET root = "
                    + $"{Journal.Literal(one.Root.Span)} WHERE {Where(other)}",
                fault =>
                    fault.Commit == one.No && (fault.Stream is null || !history.Commits.Any(c => c.Writer == one.Writer && c.No > one.No))
            );
    }

    private Tampering? RehashOne(int a, int b, int variant)
    {
        var row = At(a);
        return new(
            "edit and hash anew",
            history.Rehashed(row, followers: false),
            fault => Names(fault, row) || (!HasLater(row) && IsAmong(fault, row))
        );
    }

    private TamperedRow At(int n) => Rows[n % Rows.Count];

    private bool HasLater(TamperedRow row) => Rows.Any(r => r.Stream == row.Stream && r.Version > row.Version);

    private string Where(JournalCommit commit) =>
        Journal.OwnColumns.Length == 0 ? $"no = {commit.No}" : $"no = {commit.No} AND writer = {commit.Writer}";

    private static bool Is(ChainFault fault, TamperedRow row) => fault.Stream == row.Stream && fault.Version == row.Version;

    private static bool Names(ChainFault fault, TamperedRow row) => Is(fault, row) && fault.Commit is not null;

    // Nothing of a row that is gone names it but what followed on its stream. Its commit is always named, and its place where places are
    // kept.
    private bool IsGone(ChainFault fault, TamperedRow first, Func<TamperedRow, bool> gone)
    {
        var followed = Rows.Where(r => gone(r) && Rows.Any(later => !gone(later) && later.Stream == r.Stream && later.Version > r.Version))
            .ToList();
        return fault.Commit == first.Commit
            && (!Journal.KeepsPlaces || fault.Place == first.Seq)
            && (
                followed.Count > 0
                    ? followed.Exists(r => Is(fault, r)) && fault.Kind == ChainFaultKind.Missing
                    : fault is { Stream: null, Kind: ChainFaultKind.Cut }
            );
    }

    // The commit is named, and the record among the few that it can be.
    private static bool IsAmong(ChainFault fault, TamperedRow row) =>
        (fault.Stream is null || (fault.Stream == row.Stream && fault.Version is null))
        && fault.Commit == row.Commit
        && Contains(fault, row.Stream, row.Version);

    private static bool Contains(ChainFault fault, string stream, long version) =>
        fault.Why.En.Contains($"{stream} #{version}", StringComparison.Ordinal);

    // By way of a copy: no storage lets two rows trade the values of a key in one statement.
    private static string Swapped(TamperedRow one, TamperedRow other, string[] columns) =>
        string.Concat(
            $"CREATE TEMPORARY TABLE traded AS SELECT * FROM journal WHERE seq IN ({one.Seq}, {other.Seq}); ",
            columns.Contains("seq")
                ? $"UPDATE journal SET seq = -seq WHERE {one.Where}; UPDATE journal SET seq = -seq WHERE {other.Where}; "
                : "",
            Taken(one, other, columns),
            Taken(other, one, columns),
            "DROP TABLE traded"
        );

    private static string Taken(TamperedRow row, TamperedRow from, string[] columns) =>
        "UPDATE journal SET "
        + $"{string.Join(", ", columns.Select(c => $"{c} = (SELECT t.{c} FROM traded t WHERE t.seq = {from.Seq})"))} WHERE "
        + $"{row.Where}; ";
}
