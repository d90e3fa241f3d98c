namespace TownReform.Grains.Recording;

/// <summary>
/// When a long-lived grain's next snapshot is due, and the one that is being written. A snapshot is written beside the grain's turns:
/// nobody waits
/// for it, and everybody for an office.
/// </summary>
public sealed class SnapshotPace
{
    private const int AtLeast = 64,
        AtMost = 4096,
        BytesPerRecord = 16;

    private long version;
    private int bytes;
    private Task writing = Task.CompletedTask;

    /// <summary>
    /// Records between two snapshots: a quarter of the stream's length, from 64 to 4,096, and more than those only where the state is so
    /// large
    /// that a record would cost more than 16 bytes of snapshot (compressed; about a hundred before that). So the price per record stays
    /// flat, and waking
    /// up replays at most a record for 16 bytes of state, or 4,096.
    /// </summary>
    /// <param name="version">Records up to the last snapshot.</param>
    /// <param name="bytes">Its length.</param>
    public static long Interval(long version, int bytes) => Math.Max(Math.Clamp(version / 4, AtLeast, AtMost), bytes / BytesPerRecord);

    /// <summary>A snapshot was read, or there is none.</summary>
    public void Begin(long version, int bytes) => (this.version, this.bytes) = (version, bytes);

    /// <summary>Whether a snapshot is due at a version of the stream. Never while one is being written.</summary>
    public bool IsDue(long head) => writing.IsCompleted && head - version >= Interval(version, Volatile.Read(ref bytes));

    /// <summary>Writes a snapshot in the background.</summary>
    /// <param name="head">The version that it is of.</param>
    /// <param name="safe">Completes when that version is on record. If it fails, there is nothing to write.</param>
    /// <param name="write">Writes it and tells its length in bytes; it throws nothing.</param>
    public void Write(long head, Task safe, Func<Task<int>> write)
    {
        version = head;
        writing = Task.Run(async () =>
        {
            await safe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (safe.IsCompletedSuccessfully)
            {
                Volatile.Write(ref bytes, await write());
            }
        });
    }

    /// <summary>Waits for the one that is being written, if any.</summary>
    public async Task EndAsync(CancellationToken cancellation) =>
        await writing.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
