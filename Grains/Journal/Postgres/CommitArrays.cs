using System.Buffers;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The call that makes one commit: one array per column, filled anew for each batch and never let go.</summary>
internal sealed class CommitArrays : IDisposable
{
    /// <summary>Effects of a commit are numbered above those that it adopts.</summary>
    private const long OwnEffects = 1L << 19;

    /// <summary>Room for the effects of one transaction in an effect's id.</summary>
    private const int EffectBits = 20;

    private readonly NpgsqlCommand command = new();
    private readonly ArrayBufferWriter<byte> hashed = new();
    private readonly NpgsqlParameter<long> writer;
    private readonly NpgsqlParameter<long> tx;
    private readonly NpgsqlParameter<long> commit;
    private readonly NpgsqlParameter<byte[]> previousRoot;
    private readonly NpgsqlParameter<byte[]> root;
    private readonly RecordColumns records;
    private readonly CaseColumns cases;
    private readonly EffectColumns effects;
    private readonly List<long> arrived;
    private readonly List<string> resumed;
    private readonly KnownHeads heads = new();

    public CommitArrays(string world)
    {
        writer = Add<long>(NpgsqlDbType.Bigint);
        tx = Add<long>(NpgsqlDbType.Bigint);
        commit = Add<long>(NpgsqlDbType.Bigint);
        previousRoot = Add<byte[]>(NpgsqlDbType.Bytea);
        root = Add<byte[]>(NpgsqlDbType.Bytea);
        Add<string>(NpgsqlDbType.Text).TypedValue = world;
        records = new RecordColumns(this);
        cases = new CaseColumns(this);
        effects = new EffectColumns(this);
        arrived = List<long>(NpgsqlDbType.Bigint);
        resumed = List<string>(NpgsqlDbType.Text);
        command.CommandText = $"SELECT record_commit({string.Join(", ", Enumerable.Range(1, command.Parameters.Count).Select(n => $"${n}"))})";
    }

    /// <summary>Prepares the call on a new connection.</summary>
    public void Prepare(NpgsqlConnection connection)
    {
        command.Connection = connection;
        command.Prepare();
    }

    /// <summary>Fills the arrays with a batch.</summary>
    /// <returns>Where the writer stands when it has committed.</returns>
    public WriterPlace Fill(WriterPlace start, List<PendingWrite> batch)
    {
        Clear(start);
        var next = start with { Tx = start.Tx + 1 };
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i] is PendingAppend append)
            {
                Add(append, i, next.Tx);
            }
            else if (batch[i] is PendingReceipt receipt)
            {
                arrived.AddRange(receipt.Arrived);
            }
        }

        if (records.Count > 0)
        {
            next = next with { Commit = start.Commit + 1, Root = SHA256.HashData(hashed.WrittenSpan) };
        }

        writer.TypedValue = start.Writer;
        tx.TypedValue = next.Tx;
        commit.TypedValue = next.Commit;
        previousRoot.TypedValue = start.Root;
        root.TypedValue = next.Root;
        return next;
    }

    /// <summary>Commits the batch that it was filled with.</summary>
    /// <returns>How many effects of other writers it took over.</returns>
    public long Run(List<PendingWrite> batch)
    {
        var adopted = (long)command.ExecuteScalar()!;
        foreach (var write in batch)
        {
            if (write is PendingAppend append)
            {
                heads.Put(append);
            }
        }

        return adopted;
    }

    public void Dispose() => command.Dispose();

    /// <summary>A column that goes to the server as an array.</summary>
    internal List<T> List<T>(NpgsqlDbType type)
    {
        var list = new List<T>();
        command.Parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = list });
        return list;
    }

    private void Add(PendingAppend append, int place, long transaction)
    {
        var first = append.Records[0];
        var looks = first.Version > 1 && !heads.IsEndBefore(first);
        for (var n = 0; n < append.Records.Length; n++)
        {
            records.Add(append.Records[n], place, looks && n == 0);
            hashed.Write(append.Records[n].Hash.Span);
        }

        if (append.Resumes)
        {
            resumed.Add(first.Stream);
        }

        if (append.Case is { } row)
        {
            cases.Add(row, append.Work, opens: first.Version == 1);
        }

        foreach (var effect in append.Effects)
        {
            effect.Id = (transaction << EffectBits) | OwnEffects | (uint)effects.Count;
            effects.Add(effect);
        }
    }

    private void Clear(WriterPlace start)
    {
        records.Clear();
        cases.Clear();
        effects.Clear();
        arrived.Clear();
        resumed.Clear();
        hashed.ResetWrittenCount();
        hashed.Write(start.Root);
    }

    private NpgsqlParameter<T> Add<T>(NpgsqlDbType type)
    {
        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        command.Parameters.Add(parameter);
        return parameter;
    }
}

/// <summary>Where a writer stands: its transactions, its last commit that held records, and that commit's root.</summary>
internal sealed record WriterPlace(long Writer, long Tx, long Commit, byte[] Root);
