using System.Collections.Concurrent;
using Orleans.Storage;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Snapshots;

/// <summary>
/// Snapshots through Orleans' grain storage named <see cref="SnapshotStorage.Name"/>. A snapshot counts only when it bears the world's own
/// code (<see cref="SnapshotSeal"/>), and the journal holds the record that it names: after a restored backup the journal may be older, and
/// then it is right.
/// </summary>
/// <param name="key">The key of the code; asked for once.</param>
internal sealed class StoredSnapshots(
    Func<IGrainStorage?> storage,
    string world,
    IJournal journal,
    Func<ValueTask<byte[]>> key,
    StorageHealth health
) : ISnapshots
{
    /// <summary>Durable: part of the stored key, as is the grain type below.</summary>
    private const string StateName = "snapshot";

    private readonly ConcurrentDictionary<string, string?> versions = new(StringComparer.Ordinal);
    private byte[]? known;

    public async ValueTask<Snapshot?> ReadAsync(string stream)
    {
        try
        {
            var stored = await LoadAsync(stream);
            health.Worked(StoragePart.Snapshots);
            return stored is { Kept: { } snapshot } && await AgreesAsync(stream, snapshot) ? snapshot : null;
        }
        catch (Exception e)
        {
            health.Failed(StoragePart.Snapshots, e);
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

            var own = snapshot with { Seal = SnapshotSeal.Of(await KeyAsync(), world, stream, snapshot) };
            var state = new GrainState<SnapshotState>(new SnapshotState { Kept = own }, version) { RecordExists = version is not null };
            await store.WriteStateAsync(StateName, Id(stream), state);
            versions[stream] = state.ETag;
            health.Worked(StoragePart.Snapshots);
        }
        catch (Exception e)
        {
            versions.TryRemove(stream, out _);
            health.Failed(StoragePart.Snapshots, e);
        }
    }

    private async ValueTask<byte[]> KeyAsync() => known ??= await key();

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
        if (!SnapshotSeal.IsOn(await KeyAsync(), world, stream, snapshot))
        {
            return false;
        }

        var records = await journal.ReadAsync(stream, snapshot.Version - 1, snapshot.Version);
        return records.Count > 0 && records[0].Version == snapshot.Version && records[0].Hash.Span.SequenceEqual(snapshot.Hash);
    }
}

/// <summary>What the grain storage holds: a snapshot, or nothing yet.</summary>
public sealed class SnapshotState
{
    public Snapshot? Kept { get; set; }
}
