using Npgsql;
using NpgsqlTypes;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The call that makes one commit.</summary>
internal sealed class CommitArrays : ArrayCall
{
    /// <summary>Effects of a commit are numbered above those that it takes over.</summary>
    private const long OwnEffects = 1L << 19;

    /// <summary>Room for the effects of one transaction in an effect's id.</summary>
    private const int EffectBits = 20;

    private readonly NpgsqlParameter<long> writer;
    private readonly NpgsqlParameter<long> tx;
    private readonly NpgsqlParameter<long> commit;
    private readonly NpgsqlParameter<byte[]> previousRoot;
    private readonly NpgsqlParameter<byte[]> root;
    private readonly ArrayColumns<CommitRecord> records;
    private readonly ArrayColumns<CaseRow> openings;
    private readonly List<string> resumed;
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> frame;
    private readonly List<PendingAppend> appends = [];

    // Where streams end that this writer wrote. Records never change, so one that follows there needs no look at the record before; that
    // nobody else has its own place is the key's to say.
    private readonly UnappliedEntries<string, JournalHead> heads = new(StringComparer.Ordinal);

    public CommitArrays(string world)
        : base("commit_records")
    {
        writer = Value<long>(NpgsqlDbType.Bigint);
        tx = Value<long>(NpgsqlDbType.Bigint);
        commit = Value<long>(NpgsqlDbType.Bigint);
        previousRoot = Value<byte[]>(NpgsqlDbType.Bytea);
        root = Value<byte[]>(NpgsqlDbType.Bytea);
        Value<string>(NpgsqlDbType.Text).TypedValue = world;
        records = CommitColumns.Records(this);
        openings = CommitColumns.Openings(this);
        resumed = List<string>(NpgsqlDbType.Text);
        frame = Value<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
    }

    /// <summary>True when what it is filled with has more than records, and tables have to follow.</summary>
    public bool HasRest { get; private set; }

    /// <summary>The highest id that an effect of the last transaction before a position can have.</summary>
    public static long LastEffect(WriterPosition position) => ((position.Tx + 1) << EffectBits) - 1;

    /// <summary>Fills the arrays with a batch.</summary>
    /// <returns>The commit. Its bytes belong to whoever gets it; those that follow the records lie in them until it has run.</returns>
    public CommitBuffer Fill(WriterPosition start, List<PendingAppend> batch)
    {
        Clear();
        for (var index = 0; index < batch.Count; index++)
        {
            foreach (var part in batch[index].Parts)
            {
                Add(part, index);
            }
        }

        var next = new CommitBuffer(new LogPosition(0, ((start.Tx + 1) << EffectBits) + OwnEffects, start.Commit, start.Root), appends);

        writer.TypedValue = start.Writer;
        tx.TypedValue = start.Tx + 1;
        commit.TypedValue = next.Commit.No;
        previousRoot.TypedValue = start.Root;
        root.TypedValue = next.Commit.Frame.Root;
        HasRest = batch.Exists(static append => append.HasRest);
        frame.TypedValue = HasRest ? next.Whole : default;
        return next;
    }

    /// <summary>Commits the batch that it was filled with.</summary>
    /// <returns>How many effects of other writers it took over.</returns>
    public long RunCommit()
    {
        var takenOver = (long)Run()!;
        heads.Keep(applied: long.MaxValue);
        return takenOver;
    }

    private void Add(PendingAppend append, int index)
    {
        var first = append.Records[0];
        var looks = !append.IsFirst && !(heads.TryGet(first.Stream, out var head) && head.IsBefore(first));
        for (var n = 0; n < append.Records.Length; n++)
        {
            records.Add(new CommitRecord(index, looks && n == 0, append.Records[n]));
        }

        appends.Add(append);
        heads.Put(first.Stream, append.Records[^1].Head(), commit: 0);

        if (append.IsFirstSinceRead)
        {
            resumed.Add(first.Stream);
        }

        if (append is { IsFirst: true, Case: { } row })
        {
            openings.Add(row);
        }
    }

    private void Clear()
    {
        appends.Clear();
        heads.Undo();
        records.Clear();
        openings.Clear();
        resumed.Clear();
    }
}

/// <summary>Where a writer stands: its transactions, its last commit that held records, and that commit's root.</summary>
internal sealed record WriterPosition(long Writer, long Tx, long Commit, byte[] Root);
