using TownReform.Grains.Rules.Cases;

namespace TownReform.Silo.Papers.Store;

/// <summary>Papers that people hand in: taken in, held for the commands that name them, given out, and removed when nobody uses
/// them.</summary>
internal sealed class PaperStore(IPaperFiles files, PaperIndex index, PaperScanner scanner, TimeProvider time) : IDisposable
{
    /// <summary>So long a paper that no case has waits to be used.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // Where files lie beside their index, none is removed while another is taken in.
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Takes a file in.</summary>
    /// <param name="content">Streamed to disk while it is hashed.</param>
    /// <param name="name">As it was sent.</param>
    /// <param name="account">Who hands it in; until a case has it, they alone may see it.</param>
    /// <exception cref="PaperRefusedException">It isn't taken.</exception>
    public async Task<Paper> TakeAsync(Stream content, string name, string account, CancellationToken cancellation)
    {
        var shown = PaperLists.Named(name);
        using var draft = await PaperDraft.ReadAsync(files.Drafts, content, shown, cancellation);
        await scanner.ScanAsync(draft.Path, cancellation);
        shown = Path.GetFileNameWithoutExtension(shown).Length > 0 ? shown : $"file{Path.GetExtension(shown)}";
        await one.WaitAsync(cancellation);
        try
        {
            await files.KeepAsync(draft, cancellation);
            await index.AddAsync(draft, account, shown, time.GetUtcNow(), cancellation);
        }
        finally
        {
            one.Release();
        }

        return new Paper(shown, draft.Kind, draft.Bytes, draft.Sha256);
    }

    /// <inheritdoc cref="PaperIndex.FindAsync"/>
    public Task<Paper?> FindAsync(string sha256, string account, CancellationToken cancellation) =>
        index.FindAsync(sha256, account, cancellation);

    /// <inheritdoc cref="PaperIndex.CountAsync"/>
    public Task<long> CountAsync(string account, TimeSpan within, CancellationToken cancellation) =>
        index.CountAsync(account, time.GetUtcNow() - within, cancellation);

    /// <inheritdoc cref="IPaperFiles.CopyToAsync"/>
    public Task<bool> CopyToAsync(string sha256, Stream to, CancellationToken cancellation) => files.CopyToAsync(sha256, to, cancellation);

    /// <inheritdoc cref="PaperIndex.HoldAsync"/>
    public Task HoldAsync(string sha256, Guid command, string? number, CancellationToken cancellation) =>
        index.HoldAsync(sha256, command, number, time.GetUtcNow(), cancellation);

    /// <summary>Removes what nobody has used in time.</summary>
    /// <param name="isOnRecord">Whether the case that a command was for, or has opened, has the paper.</param>
    /// <returns>How many papers.</returns>
    public async Task<int> SweepAsync(Func<PaperHold, Task<bool>> isOnRecord, CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - Kept;
        foreach (var hold in await index.OpenHoldsAsync(before, cancellation))
        {
            await index.SettleAsync(hold, await isOnRecord(hold), cancellation);
        }

        var removed = 0;
        foreach (var sha256 in await index.UnusedAsync(before, cancellation))
        {
            await one.WaitAsync(cancellation);
            try
            {
                if (await index.DeleteAsync(sha256, before, cancellation))
                {
                    await files.DeleteAsync(sha256, cancellation);
                    removed++;
                }
            }
            finally
            {
                one.Release();
            }
        }

        return removed;
    }

    public void Dispose() => one.Dispose();
}
