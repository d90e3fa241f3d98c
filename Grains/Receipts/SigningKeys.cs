namespace TownReform.Grains.Receipts;

/// <summary>The keys of a town that sign receipts and checkpoints. The first is made at the first start; each signs for a year, or until
/// somebody has it replaced. Then its private half is erased, and its public half is kept for ever.</summary>
public sealed class SigningKeys : IDisposable
{
    /// <summary>So long at most a silo doesn't notice that another one has made a new key.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

    private readonly IKeyStore store;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1, 1);
    private KeysAtHand? known;

    internal SigningKeys(IKeyStore store, TimeProvider time) => (this.store, this.time) = (store, time);

    /// <summary>Public halves of all keys there ever were.</summary>
    public async ValueTask<PublicKeys> PublicAsync(CancellationToken cancellation = default) => (await KeysAsync(cancellation)).Public;

    /// <summary>The key that signs now.</summary>
    internal async ValueTask<SigningKey> PresentAsync(CancellationToken cancellation = default) => (await KeysAsync(cancellation)).Present;

    /// <summary>Has another key sign from now on.</summary>
    public async Task ReplaceAsync(CancellationToken cancellation = default)
    {
        var present = await PresentAsync(cancellation);
        await store.ReplaceAsync(present.Id, StoredKey.New(time.GetUtcNow()), cancellation);
        Volatile.Write(ref known, null);
    }

    public void Dispose() => turn.Dispose();

    private async ValueTask<KeysAtHand> KeysAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref known) is { } fresh && time.GetElapsedTime(fresh.ReadAt) < Fresh)
        {
            return fresh;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            var read = await ReadAsync(cancellation);
            Volatile.Write(ref known, read);
            return read;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<KeysAtHand> ReadAsync(CancellationToken cancellation)
    {
        var keys = await store.ReadAsync(cancellation);
        var last = keys.Count > 0 ? keys[^1] : null;
        if (last?.Private is null || time.GetUtcNow() - last.Since > Year)
        {
            await store.ReplaceAsync(last?.Id, StoredKey.New(time.GetUtcNow()), cancellation);
            keys = await store.ReadAsync(cancellation);
        }

        return new KeysAtHand(keys[^1].Open(), PublicKeys.Of(keys), time.GetTimestamp());
    }

    private sealed record KeysAtHand(SigningKey Present, PublicKeys Public, long ReadAt);
}
