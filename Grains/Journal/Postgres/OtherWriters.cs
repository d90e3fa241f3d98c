using Npgsql;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>
/// Other silos, as far as their commits are ahead of the tables. Whoever has to see all that has been committed brings it there in their
/// stead; whoever takes a dead one's place does so for good.
/// </summary>
/// <param name="own">The writer that this silo's own tables follow by themselves.</param>
internal sealed class OtherWriters(string world, long own, PostgresReads reads)
{
    // One probe of an index per silo that was ever started.
    private const string Ahead =
        "SELECT w.id FROM writers w WHERE w.id <> $1 AND EXISTS (SELECT 1 FROM redo r WHERE r.writer = w.id) ORDER BY w.id";

    private static readonly IReadOnlySet<long> None = new HashSet<long>();

    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>Returns once the tables have all that other silos had committed when it was called.</summary>
    /// <exception cref="NpgsqlException">The server can't be asked.</exception>
    public Task CatchUpAsync()
    {
        lock (gate)
        {
            // Who comes while one is under way waits for the next: that one may have looked too early. None of it on the scheduler of a
            // grain that asks.
            var before = running;
            return next ?? (before.IsCompleted ? running = Task.Run(RunAsync) : next = Task.Run(() => AfterAsync(before)));
        }
    }

    /// <summary>Brings into the tables what one writer has left.</summary>
    public Task FollowAsync(long writer, CancellationToken cancellation) =>
        PostgresReads.PatientlyAsync(() => FollowOnceAsync(writer, cancellation), cancellation);

    private async Task FollowOnceAsync(long writer, CancellationToken cancellation)
    {
        await using var connection = await reads.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var commits = await RedoTable.LockAsync(connection, writer, cancellation);
        if (commits.Count > 0)
        {
            using var call = new FollowCall(world, writer);
            call.Use(connection);
            call.Fill(commits, None);
            await call.FollowAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task AfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task mine;
        lock (gate)
        {
            (mine, next) = (running = RunAsync(), null);
        }

        await mine;
    }

    private async Task RunAsync()
    {
        foreach (var writer in await reads.ListAsync(Ahead, reader => reader.GetInt64(0), CancellationToken.None, own))
        {
            await FollowAsync(writer, CancellationToken.None);
        }
    }
}
