using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Loads effects into the lanes in commit order: from the store while something is left there, and then as they commit.</summary>
internal sealed class EffectSource(IEffectStore store, ILogger logger)
{
    /// <summary>Effects held in memory; the rest waits in the store.</summary>
    public const int Most = 4096;

    private const int Page = 512;

    private long read;
    private bool hasFailed;

    /// <summary>What is loaded.</summary>
    public EffectLanes Lanes { get; } = new();

    /// <summary>Whether the store may have effects that have not been loaded.</summary>
    public bool HasMore { get; private set; } = true;

    /// <summary>The store is read on, where it was read to its end.</summary>
    public void ReadOn() => HasMore = true;

    /// <summary>The store is read on, also after a failure.</summary>
    public void ReadAgain() => (HasMore, hasFailed) = (true, false);

    /// <summary>Takes effects that have committed. While something is left in the store they come after it, and are read in their
    /// turn.</summary>
    public void Add(IReadOnlyList<WaitingEffect> committed)
    {
        HasMore |= Lanes.Held >= Most;
        if (HasMore)
        {
            return;
        }

        foreach (var effect in committed)
        {
            if (effect.Id > read)
            {
                read = effect.Id;
                Lanes.Add(effect);
            }
        }
    }

    /// <summary>Reads what there is room for.</summary>
    /// <returns>False when the store could not be read: then nothing is loaded until <see cref="ReadAgain"/>, since what commits meanwhile
    /// must not be taken for the next.</returns>
    public async ValueTask<bool> TryLoadAsync(CancellationToken stopping)
    {
        while (HasMore && !hasFailed && Lanes.Held < Most)
        {
            if (await PageAsync(stopping) is not { } page)
            {
                hasFailed = true;
                return false;
            }

            foreach (var effect in page)
            {
                read = effect.Id;
                Lanes.Add(effect);
            }

            HasMore = page.Count == Page;
        }

        return true;
    }

    private async ValueTask<IReadOnlyList<WaitingEffect>?> PageAsync(CancellationToken stopping)
    {
        try
        {
            return await store.ReadAsync(read, Page, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(e, "The outbox could not be read after {Id}; it is read again.", read);
            return null;
        }
    }
}
