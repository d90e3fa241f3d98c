using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Dead letters in the town's file, written on a connection of their own: they are few, and the writer of the record isn't to wait
/// for them.</summary>
internal sealed class SqliteDeadLetters(string world, string path, ReaderPool readers) : IDeadLetters
{
    public Task KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellation) => Task.Run(() => Keep(letters), cancellation);

    public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int most, CancellationToken cancellation = default) =>
        readers.ReadAsync<IReadOnlyList<DeadLetter>>(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText =
                    $"SELECT {DeliveryRows.LetterColumns} FROM dead_letters WHERE world = $world AND id > $after ORDER BY id LIMIT $most";
                command.Parameters.AddWithValue("$world", world);
                command.Parameters.AddWithValue("$after", afterId);
                command.Parameters.AddWithValue("$most", most);
                return command.ToList(DeliveryRows.Letter);
            },
            cancellation
        );

    public ValueTask<long> CountAsync(CancellationToken cancellation = default) =>
        readers.ReadAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT count(*) FROM dead_letters WHERE world = $world";
                command.Parameters.AddWithValue("$world", world);
                return (long)command.ExecuteScalar()!;
            },
            cancellation
        );

    public Task<bool> RefusedAgainAsync(DeadLetter letter, CancellationToken cancellation = default) =>
        Task.Run(
            () =>
            {
                using var connection = JournalFile.OpenBeside(path);
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE dead_letters SET attempts = $attempts, last_at = $last, why = $why WHERE id = $id";
                command.Parameters.AddWithValue("$id", letter.Id);
                command.Parameters.AddWithValue("$attempts", letter.Attempts);
                command.Parameters.AddWithValue("$last", Moment.Text(letter.LastAt));
                command.Parameters.AddWithValue("$why", letter.Why);
                return command.ExecuteNonQuery() == 1;
            },
            cancellation
        );

    public Task ForgetAsync(long id, CancellationToken cancellation = default) =>
        Task.Run(
            () =>
            {
                using var connection = JournalFile.OpenBeside(path);
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM dead_letters WHERE id = $id";
                command.Parameters.AddWithValue("$id", id);
                command.ExecuteNonQuery();
            },
            cancellation
        );

    private void Keep(IReadOnlyList<DeadLetter> letters)
    {
        using var connection = JournalFile.OpenBeside(path);
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO dead_letters (world, stream, version, ordinal, target_type, target_key, at, effect, attempts, first_at, last_at,
                why)
            VALUES ($world, $stream, $version, $ordinal, $type, $key, $at, $effect, $attempts, $first, $last, $why)
            ON CONFLICT (world, stream, version, ordinal) DO UPDATE SET attempts = excluded.attempts, last_at = excluded.last_at, why =
                excluded.why
            """;
        foreach (var letter in letters)
        {
            command.Parameters.Clear();
            var (id, type, key, at, effect) = letter.Delivery;
            command.Parameters.AddWithValue("$world", world);
            command.Parameters.AddWithValue("$stream", id.Stream);
            command.Parameters.AddWithValue("$version", id.Version);
            command.Parameters.AddWithValue("$ordinal", id.Ordinal);
            command.Parameters.AddWithValue("$type", type);
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$at", Moment.Text(at));
            command.Parameters.AddWithValue("$effect", System.Text.Encoding.UTF8.GetString(StoredJson.Write(effect)));
            command.Parameters.AddWithValue("$attempts", letter.Attempts);
            command.Parameters.AddWithValue("$first", Moment.Text(letter.FirstAt));
            command.Parameters.AddWithValue("$last", Moment.Text(letter.LastAt));
            command.Parameters.AddWithValue("$why", letter.Why);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
