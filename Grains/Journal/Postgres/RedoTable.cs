using Npgsql;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What commits have left for the tables to follow, as it stands in the database.</summary>
internal static class RedoTable
{
    /// <summary>Keeps everybody else from following a writer until the transaction ends.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, long writer, CancellationToken cancellation)
    {
        await using var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(7461201, $1)", connection);
        turn.Parameters.AddWithValue((int)writer);
        await turn.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What a writer has left, in order.</summary>
    /// <exception cref="InvalidDataException">Something of it was changed after it had been written.</exception>
    public static async Task<IReadOnlyList<RedoCommit>> ReadAsync(NpgsqlConnection connection, long writer, CancellationToken cancellation)
    {
        await using var left = new NpgsqlCommand("SELECT no, frame FROM redo WHERE writer = $1 ORDER BY no", connection);
        left.Parameters.AddWithValue(writer);
        await using var reader = await left.ExecuteReaderAsync(cancellation);
        var commits = new List<RedoCommit>();
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
        if (RedoFrame.Read(frame.AsSpan(0, Math.Min(frame.Length, RedoFrame.Head))) is { } head && head.No == no && head.Whole == frame.Length && head.Check == RedoFrame.CheckOf(frame.AsSpan(RedoFrame.Head)))
        {
            return new RedoCommit(head, frame.AsMemory(RedoFrame.Head));
        }

        throw new InvalidDataException($"表 redo 中写入者 {writer} 的第 {no} 次提交已被改动 / Commit {no} of writer {writer} in table redo was changed after it had been written");
    }
}
