using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>
/// Snapshots through Orleans' grain storage named <see cref="SnapshotStorage.Name"/>. A snapshot counts only when the journal holds the record that it names:
/// after a restored backup the journal may be older, and then it is right.
/// </summary>
internal sealed class StoredSnapshots(Func<IGrainStorage?> storage, IJournal journal, ILogger logger) : ISnapshots
{
    /// <summary>Durable: part of the stored key, as is the grain type below.</summary>
    private const string StateName = "snapshot";

    private readonly ConcurrentDictionary<string, string?> versions = new(StringComparer.Ordinal);

    public async ValueTask<Snapshot?> ReadAsync(string stream)
    {
        try
        {
            return await LoadAsync(stream) is { Kept: { } snapshot } && await AgreesAsync(stream, snapshot) ? snapshot : null;
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The snapshot of {Stream} could not be read; its records are replayed.", stream);
            return null;
        }
    }

    public async ValueTask WriteAsync(string stream, Snapshot snapshot)
    {
        try
        {
            if (storage() is not { } store)
            {
                return;
            }

            if (!versions.TryGetValue(stream, out var version))
            {
                await LoadAsync(stream);
                version = versions.GetValueOrDefault(stream);
            }

            var state = new GrainState<SnapshotState>(new SnapshotState { Kept = snapshot }, version) { RecordExists = version is not null };
            await store.WriteStateAsync(StateName, Id(stream), state);
            versions[stream] = state.ETag;
        }
        catch (Exception e)
        {
            versions.TryRemove(stream, out _);
            logger.LogWarning(e, "The snapshot of {Stream} at {Version} was not kept.", stream, snapshot.Version);
        }
    }

    private static GrainId Id(string stream) => GrainId.Create(StateName, stream);

    private async ValueTask<SnapshotState?> LoadAsync(string stream)
    {
        if (storage() is not { } store)
        {
            return null;
        }

        var state = new GrainState<SnapshotState>(new SnapshotState());
        await store.ReadStateAsync(StateName, Id(stream), state);
        versions[stream] = state.ETag;
        return state.State;
    }

    private async ValueTask<bool> AgreesAsync(string stream, Snapshot snapshot)
    {
        var records = await journal.ReadAsync(stream, snapshot.Version - 1);
        return records.Count > 0 && records[0].Version == snapshot.Version && records[0].Hash.Span.SequenceEqual(snapshot.Hash);
    }
}

/// <summary>What the grain storage holds: a snapshot, or nothing yet.</summary>
public sealed class SnapshotState
{
    public Snapshot? Kept { get; set; }
}
