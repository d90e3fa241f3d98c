using System.Globalization;

namespace TownReform.Silo.Papers.Store;

/// <summary>Which papers there are, who handed them in, and which commands have named them.</summary>
internal sealed class PaperIndex(PaperDatabase database)
{
    public const string Insert = "INSERT INTO papers (sha256, bytes, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

    private const string Upload =
        "INSERT INTO uploads (sha256, account, name, at) VALUES ($1, $2, $3, $4) ON CONFLICT (sha256, account) DO UPDATE SET name = "
        + "excluded.name, at = excluded.at";

    // What nobody has handed in or named since, and no command holds.
    private const string Unused =
        "SELECT p.sha256 FROM papers p WHERE NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = p.sha256 AND u.at > $1) AND NOT EXISTS "
        + "(SELECT 1 FROM uses s WHERE s.sha256 = p.sha256)";

    private const string Delete =
        "DELETE FROM papers WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = $1 AND u.at > $2) AND NOT EXISTS "
        + "(SELECT 1 FROM uses s WHERE s.sha256 = $1)";

    public async Task AddAsync(PaperDraft draft, string account, string name, DateTimeOffset at, CancellationToken cancellation)
    {
        await database.ExecuteAsync(Insert, cancellation, draft.Sha256, draft.Bytes, (int)draft.Kind);
        await database.ExecuteAsync(Upload, cancellation, draft.Sha256, account, name, Text(at));
    }

    /// <summary>A paper as an account has handed it in; null where it hasn't.</summary>
    public async Task<Paper?> FindAsync(string sha256, string account, CancellationToken cancellation) =>
        (
            await database.ListAsync(
                "SELECT u.name, p.kind, p.bytes FROM uploads u JOIN papers p ON p.sha256 = u.sha256 WHERE u.sha256 = $1 AND u.account = $2",
                row => new Paper(row.GetString(0), (PaperKind)row.GetInt32(1), row.GetInt64(2), sha256),
                cancellation,
                sha256,
                account
            )
        ).FirstOrDefault();

    /// <summary>How many files an account has handed in since a moment.</summary>
    public async Task<long> CountAsync(string account, DateTimeOffset since, CancellationToken cancellation) =>
        (
            await database.ListAsync(
                "SELECT count(*) FROM uploads WHERE account = $1 AND at > $2",
                row => row.GetInt64(0),
                cancellation,
                account,
                Text(since)
            )
        )[0];

    /// <summary>Holds a paper for a command that is about to be sent.</summary>
    public Task HoldAsync(string sha256, Guid command, string? number, DateTimeOffset at, CancellationToken cancellation) =>
        database.ExecuteAsync(
            "INSERT INTO uses (sha256, command, case_number, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            cancellation,
            sha256,
            command.ToString(),
            (object?)number ?? DBNull.Value,
            Text(at)
        );

    /// <summary>Holds of before a moment of which it isn't known whether the case has the paper.</summary>
    public Task<List<PaperHold>> OpenHoldsAsync(DateTimeOffset before, CancellationToken cancellation) =>
        database.ListAsync(
            "SELECT sha256, command, case_number FROM uses WHERE on_record = 0 AND at <= $1",
            row => new PaperHold(row.GetString(0), Guid.Parse(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2)),
            cancellation,
            Text(before)
        );

    public Task SettleAsync(PaperHold hold, bool onRecord, CancellationToken cancellation) =>
        database.ExecuteAsync(
            onRecord
                ? "UPDATE uses SET on_record = 1 WHERE sha256 = $1 AND command = $2"
                : "DELETE FROM uses WHERE sha256 = $1 AND command = $2",
            cancellation,
            hold.Sha256,
            hold.Command.ToString()
        );

    public Task<List<string>> UnusedAsync(DateTimeOffset since, CancellationToken cancellation) =>
        database.ListAsync(Unused, row => row.GetString(0), cancellation, Text(since));

    /// <returns>False when somebody has handed it in again, or named it, meanwhile.</returns>
    public async Task<bool> DeleteAsync(string sha256, DateTimeOffset since, CancellationToken cancellation) =>
        await database.ExecuteAsync(Delete, cancellation, sha256, Text(since)) > 0;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <param name="Case">Null where the command was to open one.</param>
internal sealed record PaperHold(string Sha256, Guid Command, string? Case);
