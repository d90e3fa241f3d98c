using System.Text;
using TownReform.Grains.Journal.Reading;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Dead letters of a durable world, written beside the record: they are few, and its writer isn't to wait for them. Every silo
/// lists and delivers those of all.</summary>
internal sealed class StoredDeadLetters(string world, IStoreReads reads) : IDeadLetters
{
    private const string Insert = """
        INSERT INTO dead_letters (world, stream, version, ordinal, target_type, target_key, at, effect, attempts, first_at, last_at, why)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (world, stream, version, ordinal) DO UPDATE SET attempts = excluded.attempts, last_at = excluded.last_at, why =
            excluded.why
        """;

    public async Task KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellation)
    {
        foreach (var letter in letters)
        {
            var (id, type, key, at, effect) = letter.Delivery;
            await reads.ExecuteAsync(
                Insert,
                cancellation,
                world,
                id.Stream,
                id.Version,
                id.Ordinal,
                type,
                key,
                Moment.Text(at),
                Encoding.UTF8.GetString(StoredJson.Write(effect)),
                letter.Attempts,
                Moment.Text(letter.FirstAt),
                Moment.Text(letter.LastAt),
                letter.Why
            );
        }
    }

    public async Task<bool> RefusedAgainAsync(DeadLetter letter, CancellationToken cancellation = default) =>
        await reads.ExecuteAsync(
            "UPDATE dead_letters SET attempts = $2, last_at = $3, why = $4 WHERE id = $1",
            cancellation,
            letter.Id,
            letter.Attempts,
            Moment.Text(letter.LastAt),
            letter.Why
        ) == 1;

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(long afterId, int most, CancellationToken cancellation = default) =>
        await reads.ListAsync(
            Freshness.AsItStands,
            $"SELECT {DeliveryRows.LetterColumns} FROM dead_letters WHERE world = $1 AND id > $2 ORDER BY id LIMIT $3",
            DeliveryRows.Letter,
            cancellation,
            world,
            afterId,
            most
        );

    public async ValueTask<long> CountAsync(CancellationToken cancellation = default) =>
        (
            await reads.ListAsync(
                Freshness.AsItStands,
                "SELECT count(*) FROM dead_letters WHERE world = $1",
                row => row.GetInt64(0),
                cancellation,
                world
            )
        )[0];

    public Task ForgetAsync(long id, CancellationToken cancellation = default) =>
        reads.ExecuteAsync("DELETE FROM dead_letters WHERE id = $1", cancellation, id);
}
