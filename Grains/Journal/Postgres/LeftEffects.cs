using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Takes over what closed writers have left: effects that nobody delivers, and commits that the tables have not followed
/// yet.</summary>
internal sealed class LeftEffects(PostgresReads reads, JournalWriter writer, OtherWriters others, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>How often closed writers are looked for. One query on two small indexes.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private const string Left = """
        SELECT l.id, l.ahead
        FROM (SELECT w.id, EXISTS (SELECT 1 FROM redo r WHERE r.writer = w.id) AS ahead, EXISTS (SELECT 1 FROM outbox o WHERE o.writer =
            w.id) AS waiting FROM writers w WHERE w.closed) l
        WHERE l.ahead OR l.waiting ORDER BY l.id
        """;

    private readonly CancellationTokenSource stopping = new();
    private Task? looking;

    public void Start() => looking ??= Task.Run(RunAsync);

    /// <summary>Stops looking. Stopping twice is stopping once.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (looking ?? Task.CompletedTask);
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TakeOverAsync();
            }
            catch (WriterClosedException)
            {
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Effects that other silos left could not be looked for; it is tried again.");
            }

            await Task.Delay(Look, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeOverAsync()
    {
        var left = await reads.ListAsync(Left, row => (Writer: row.GetInt64(0), IsAhead: row.GetBoolean(1)), stopping.Token);
        foreach (var (gone, _) in left.Where(it => it.IsAhead))
        {
            await others.FollowAsync(gone, stopping.Token);
        }

        if (left.Count > 0)
        {
            var takeOver = new TakeOverRequest();
            await writer.QueueAsync(takeOver);
            await takeOver.Done;
        }
    }
}
