using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Writes the record of a world in memory into a folder in which a live town then goes on.</summary>
public static class WorldCopy
{
    /// <summary>Appends on their way at once; the writer makes few commits of them.</summary>
    private const int Abreast = 4096;

    /// <param name="appends">All of a world's, in order, with their effects delivered: what they led to is on record too.</param>
    /// <param name="folder">Taken by the caller; no town is in it.</param>
    public static async Task WriteAsync(IReadOnlyList<JournalAppend> appends, LiveFolder folder, CancellationToken cancellation)
    {
        await using var world = new SqliteWorld(Address.Live, folder.Journal, new NoCourier(), TimeProvider.System, NullLogger.Instance);
        foreach (var some in appends.Chunk(Abreast))
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.WhenAll(some.Select(append => world.AppendAsync(append with { Effects = [] }).AsTask()));
        }
    }

    private sealed class NoCourier : IEffectCourier
    {
        public Task DeliverAsync(ImmutableArray<Delivery> deliveries) =>
            throw new InvalidOperationException("The effects of a copied world have been delivered.");
    }
}
