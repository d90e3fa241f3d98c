using Npgsql;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What commits have left for the tables to follow, as it stands in the database.</summary>
internal static class RedoTable
{
    /// <summary>Keeps everybody else from following a writer until the transaction ends.</summary>
    /// <returns>The commits that it has left.</returns>
    public static HashSet<long> Lock(NpgsqlConnection connection, long writer)
    {
        using var batch = Locking(connection, writer, "SELECT no FROM redo WHERE writer = $1");
        using var reader = batch.ExecuteReader();
        var numbers = new HashSet<long>();
        reader.NextResult();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    /// <summary>Keeps everybody else from following a writer until the transaction ends.</summary>
    /// <returns>What it has left, in order.</returns>
    /// <exception cref="InvalidDataException">Something of it was changed after it had been written.</exception>
    public static async Task<IReadOnlyList<RedoCommit>> LockAsync(NpgsqlConnection connection, long writer, CancellationToken cancellation)
    {
        await using var batch = Locking(connection, writer, "SELECT no, frame FROM redo WHERE writer = $1 ORDER BY no");
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var commits = new List<RedoCommit>();
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            commits.Add(Read(writer, reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return commits;
    }

    /// <summary>One commit's bytes.</summary>
    /// <exception cref="InvalidDataException">They were changed after they had been written.</exception>
    public static RedoCommit Read(long writer, long no, byte[] frame)
    {
        if (
            RedoFrame.Read(frame.AsSpan(0, Math.Min(frame.Length, RedoFrame.Head))) is { } head
            && head.No == no
            && head.Whole == frame.Length
            && head.Check == RedoFrame.CheckOf(frame.AsSpan(RedoFrame.Head))
        )
        {
            return new RedoCommit(head, frame.AsMemory(RedoFrame.Head));
        }

        throw new InvalidDataException(
            $"表 redo 中写入者 {writer} 的第 {no} 次提交已被改动；请从备份恢复该行。不要删除它：其中还有待投递的后续动作 / Commit {no} of writer {writer} in table redo was "
                + "changed after it had been written. Restore that row from a backup; don't delete it, since effects that wait for "
                + "delivery are in it"
        );
    }

    // Two statements: what the second sees is what was there once the lock was held.
    private static NpgsqlBatch Locking(NpgsqlConnection connection, long writer, string left) =>
        new(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(7461201, $1)")
                {
                    Parameters = { new NpgsqlParameter { Value = (int)writer } },
                },
                new NpgsqlBatchCommand(left) { Parameters = { new NpgsqlParameter { Value = writer } } },
            },
        };
}
