using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>Something done to a journal, and what the verifier has to say of it.</summary>
/// <param name="Sql">What is executed behind the journal's back.</param>
/// <param name="Named">Whether a fault names the first broken record, as well as it can be named.</param>
/// <param name="Kept">Whether the checkpoint that was kept elsewhere is needed to notice it.</param>
internal sealed record Tampering(string What, string Sql, Func<ChainFault, bool> Named, bool Kept = false);

/// <summary>Every way of breaking a journal that the tests know, each at a place that is drawn.</summary>
internal sealed class Tamperings(TamperedHistory history)
{
    private IReadOnlyList<ScannedRecord> Records => history.Records;

    /// <summary>Each takes three drawn numbers: which record, which other one, which of the variants.</summary>
    public IReadOnlyList<Func<int, int, int, Tampering?>> All =>
        [Edit, Edit, Edit, EditPlace, Delete, DeleteRange, CutStream, CutFile, CutFileWithCommits, Append, Insert, SwapContents, SwapPlaces, Rename, EditCommit, DeleteCommit, SwapCommits, RehashOne, RehashStream];

    public Tampering? Edit(int a, int b, int variant)
    {
        var (row, (column, expression)) = (At(a), history.Journal.Edits[variant % history.Journal.Edits.Count]);
        return new($"{column} = {expression}", $"UPDATE journal SET {column} = {expression} WHERE seq = {row.Place}", fault => Is(fault, row, column));
    }

    private Tampering? EditPlace(int a, int b, int variant)
    {
        var row = At(a);
        var place = (variant % 3) switch { 0 => Records.Count + 5, 1 => 0, _ => -7 };
        return new("place", $"UPDATE journal SET seq = {place} WHERE seq = {row.Place}", fault => Names(fault, row) && fault.Place == place);
    }

    public Tampering? Delete(int a, int b, int variant)
    {
        var row = At(a);
        return new("delete", $"DELETE FROM journal WHERE seq = {row.Place}", fault => IsGone(fault, row, r => r == row));
    }

    private Tampering? DeleteRange(int a, int b, int variant)
    {
        var (first, last) = (At(Math.Min(a % Records.Count, b % Records.Count)), At(Math.Max(a % Records.Count, b % Records.Count)));
        return new("delete several", $"DELETE FROM journal WHERE seq BETWEEN {first.Place} AND {last.Place}", fault => IsGone(fault, first, r => r.Place >= first.Place && r.Place <= last.Place));
    }

    private Tampering? CutStream(int a, int b, int variant)
    {
        var row = At(a);
        return new(
            "cut a stream", $"DELETE FROM journal WHERE stream = '{row.Record.Stream}' AND version >= {row.Record.Version}",
            fault => IsGone(fault, row, r => r.Record.Stream == row.Record.Stream && r.Record.Version >= row.Record.Version));
    }

    private Tampering? CutFile(int a, int b, int variant)
    {
        var row = At(a);
        return new("cut the file", $"DELETE FROM journal WHERE seq >= {row.Place}", fault => IsGone(fault, row, r => r.Place >= row.Place));
    }

    private Tampering? CutFileWithCommits(int a, int b, int variant)
    {
        var commit = At(a).Commit;
        return new("cut the file with its commits", $"DELETE FROM journal WHERE commit_no >= {commit}; DELETE FROM commits WHERE no >= {commit}", fault => fault is { Kind: ChainFaultKind.Cut, Stream: null } && fault.Commit == commit, Kept: true);
    }

    private Tampering? Append(int a, int b, int variant)
    {
        var forged = history.Forged(variant % 3 == 0 ? "case/none" : At(a).Record.Stream);
        var commit = history.Commits[^1].No + (variant % 2);
        return new(
            "append", history.Insert(forged, Records.Count + 1, commit),
            fault => fault.Stream == forged.Stream ? fault.Version == forged.Version : variant % 2 == 1 && fault.Stream is null && fault.Commit == commit);
    }

    private Tampering? Insert(int a, int b, int variant)
    {
        var (before, forged) = (At(a), history.Forged(variant % 3 == 0 ? "case/none" : At(b).Record.Stream));
        return new(
            "insert",
            $"UPDATE journal SET seq = -seq WHERE seq >= {before.Place}; UPDATE journal SET seq = 1 - seq WHERE seq < 0; {history.Insert(forged, before.Place!.Value, before.Commit)}",
            fault => fault.Stream == forged.Stream && fault.Version == forged.Version);
    }

    private Tampering? SwapContents(int a, int b, int variant)
    {
        var (one, other) = (At(a), At(b));
        string[][] choices = [["payload"], ["command_id"], ["hash"], ["prev_hash", "hash"], ["payload", "command_id", "at", "actor_for", "prev_hash", "hash"]];
        var columns = choices[variant % choices.Length];
        return one == other ? null : new(
            $"swap {string.Join(", ", columns)}", Swapped(one, other, columns), fault => Is(fault, one) || Is(fault, other));
    }

    private Tampering? SwapPlaces(int a, int b, int variant)
    {
        var (one, other) = (At(a), At(b));
        return one == other ? null : new(
            "swap places",
            $"UPDATE journal SET seq = -1 WHERE seq = {one.Place}; UPDATE journal SET seq = {one.Place} WHERE seq = {other.Place}; UPDATE journal SET seq = {other.Place} WHERE seq = -1"
                + (variant % 2 == 0 ? "" : $"; UPDATE journal SET commit_no = {one.Commit} WHERE seq = {one.Place}; UPDATE journal SET commit_no = {other.Commit} WHERE seq = {other.Place}"),
            fault => Names(fault, one) || Names(fault, other) || IsAmong(fault, one) || IsAmong(fault, other));
    }

    // With a hash of its own that fits the new name: only the root of its commit tells.
    private Tampering? Rename(int a, int b, int variant)
    {
        var row = At(a);
        var renamed = row.Record with { Stream = "case/none", Version = 1 + (variant % 3), ActorId = "S666" };
        return new(
            "rename", $"UPDATE journal SET stream = 'case/none', version = {renamed.Version}, actor_id = 'S666', hash = {history.Journal.Literal(HashChainOf(renamed))} WHERE seq = {row.Place}",
            fault => fault.Commit == row.Commit && ((fault.Stream == renamed.Stream && fault.Version == renamed.Version) || Contains(fault, "case/none", renamed.Version) || Names(fault, row)));
    }

    private Tampering? EditCommit(int a, int b, int variant)
    {
        var commit = history.Commits[a % history.Commits.Count];
        string[] edits =
        [
            "records = records + 1", "records = records + 100000", "records = records - 1", "records = 0", "root = randomblob(32)", "root = prev_root", "prev_root = randomblob(32)",
            "no = no + 100000", "no = -no",
        ];
        var edit = edits[variant % edits.Length];

        // The root of the last commit, or a record with a new hash? Nothing that is stored can tell, so either is named.
        return new(edit, $"UPDATE commits SET {edit} WHERE no = {commit.No}", fault => Math.Abs(fault.Commit ?? 0) == commit.No && (fault.Stream is null || commit == history.Commits[^1]));
    }

    private Tampering? DeleteCommit(int a, int b, int variant)
    {
        var commit = history.Commits[a % history.Commits.Count];
        return new("delete a commit", $"DELETE FROM commits WHERE no = {commit.No}", fault => fault is { Kind: ChainFaultKind.Cut, Stream: null } && fault.Commit == commit.No);
    }

    private Tampering? SwapCommits(int a, int b, int variant)
    {
        var (one, other) = (history.Commits[a % history.Commits.Count], history.Commits[b % history.Commits.Count]);
        return one == other ? null : new(
            "swap roots",
            $"UPDATE commits SET root = {history.Journal.Literal(other.Root.Span)} WHERE no = {one.No}; UPDATE commits SET root = {history.Journal.Literal(one.Root.Span)} WHERE no = {other.No}",
            fault => fault.Commit == Math.Min(one.No, other.No) && fault.Stream is null);
    }

    private Tampering? RehashOne(int a, int b, int variant)
    {
        var row = At(a);
        return new("edit and hash anew", history.Rehashed(row, followers: false), fault => Names(fault, row) || (!HasLater(row) && IsAmong(fault, row)));
    }

    public Tampering? RehashStream(int a, int b, int variant)
    {
        var row = At(a);
        return new("edit and hash the stream anew", history.Rehashed(row, followers: true), fault => Names(fault, row) || IsAmong(fault, row));
    }

    private ScannedRecord At(int n) => Records[n % Records.Count];

    private bool HasLater(ScannedRecord row) => Records.Any(r => r.Record.Stream == row.Record.Stream && r.Record.Version > row.Record.Version);

    // A row that is still there is named as it now stands, by its place.
    private static bool Is(ChainFault fault, ScannedRecord row, string? edited = null) =>
        fault.Stream is not null && fault.Place == row.Place && (edited is "stream" || fault.Stream == row.Record.Stream) && (edited is "version" || fault.Version == row.Record.Version);

    private static bool Is(ChainFault fault, ScannedRecord row) => fault.Stream == row.Record.Stream && fault.Version == row.Record.Version;

    private static bool Names(ChainFault fault, ScannedRecord row) => Is(fault, row) && fault.Commit is not null;

    // Nothing of a row that is gone names it but what followed on its stream. Its place and its commit are always named.
    private bool IsGone(ChainFault fault, ScannedRecord first, Func<ScannedRecord, bool> gone)
    {
        var followed = Records.Where(r => gone(r) && Records.Any(later => !gone(later) && later.Record.Stream == r.Record.Stream && later.Record.Version > r.Record.Version)).ToList();
        return fault.Commit == first.Commit && fault.Place == first.Place
            && (followed.Count > 0 ? followed.Exists(r => Is(fault, r)) && fault.Kind == ChainFaultKind.Missing : fault is { Stream: null, Kind: ChainFaultKind.Cut });
    }

    // The commit is named, and the record among the few that it can be.
    private static bool IsAmong(ChainFault fault, ScannedRecord row) => (fault.Stream is null || (fault.Stream == row.Record.Stream && fault.Version is null)) && fault.Commit == row.Commit && Contains(fault, row.Record.Stream, row.Record.Version);

    private static bool Contains(ChainFault fault, string stream, long version) => fault.Why.En.Contains($"{stream} #{version}", StringComparison.Ordinal);

    private static string Swapped(ScannedRecord one, ScannedRecord other, string[] columns) => string.Concat(
        $"UPDATE journal SET {string.Join(", ", columns.Select(c => $"{c} = (SELECT o.{c} FROM journal o WHERE o.seq = {one.Place} + {other.Place} - journal.seq)"))} WHERE seq IN ({one.Place}, {other.Place})");

    private static byte[] HashChainOf(TownReform.Grains.Journal.JournalRecord record) => TownReform.Grains.Journal.HashChain.Of(record, record.PreviousHash.Span);
}
