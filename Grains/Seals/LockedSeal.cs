using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;

namespace TownReform.Grains.Seals;

/// <summary>
/// A town's seal, for its grain and for the cases of its silo at once. A number is taken, and handed to the journal with its decision,
/// under one lock and without waiting until it is safe: the next follows it, and fails if it does. Cases are turned away until the grain
/// opens it, and after a number was lost.
/// </summary>
/// <param name="take">Takes the next number on the grain's own stream; null for a case that has one.</param>
/// <param name="record">Records the number that was taken last, with the decision.</param>
/// <param name="forget">Has the grain read its stream again before it goes on.</param>
internal sealed class LockedSeal(Func<Delivery, string?> take, Func<JournalAppend, Task<JournalHead>> record, Action forget) : ILocalSeal
{
    private readonly Lock atSeal = new();
    private bool isOpen;

    /// <summary>Lets cases come, if the grain is ready for them.</summary>
    public void Open(Func<bool> isReady)
    {
        lock (atSeal)
        {
            isOpen = isReady();
        }
    }

    /// <summary>Lets no case come any more.</summary>
    public void Close()
    {
        lock (atSeal)
        {
            isOpen = false;
        }
    }

    /// <summary>Something that the grain does while no case is at the seal.</summary>
    public T WithLock<T>(Func<T> act)
    {
        lock (atSeal)
        {
            return act();
        }
    }

    /// <inheritdoc/>
    public bool TryTake(Delivery asking, out TakenNumber number)
    {
        var isHeld = false;
        atSeal.Enter();
        try
        {
            number = isOpen && take(asking) is { } certificate ? new(this, certificate) : default;
            return isHeld = number.Certificate is not null;
        }
        finally
        {
            if (!isHeld)
            {
                atSeal.Exit();
            }
        }
    }

    /// <inheritdoc/>
    public Task<JournalHead> Record(JournalAppend decision) => record(decision);

    /// <inheritdoc/>
    public void Leave() => atSeal.Exit();

    /// <inheritdoc/>
    public void Lost()
    {
        lock (atSeal)
        {
            isOpen = false;
            forget();
        }
    }
}
