using System.Diagnostics.CodeAnalysis;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Seals;

/// <summary>
/// A town's seal, for its grain and for the cases of its silo at once. Each number is given under its lock and handed to the journal before
/// the lock is left, without
/// waiting until it is safe: the next follows it, and fails if it does. Cases are turned away until the grain opens it, and after a number
/// was lost.
/// </summary>
/// <param name="seal">Seals a decision on the grain's own stream; null for a case that has a number.</param>
/// <param name="forget">Has the grain read its stream again before it goes on.</param>
internal sealed class SharedSeal(SharedSeal.Sealing seal, Action forget)
{
    private readonly Lock atSeal = new();
    private bool isOpen;

    /// <param name="asking">What the case would ask by an effect, were it on another silo.</param>
    public delegate Task<JournalHead>? Sealing(Delivery asking, Decision decided);

    /// <summary>The append that records a decision with its number; what the seal records goes beside it.</summary>
    /// <param name="certificate">The number in full.</param>
    public delegate JournalAppend Decision(string certificate);

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

    /// <summary>Something that the grain does with it alone.</summary>
    public T Alone<T>(Func<T> act)
    {
        lock (atSeal)
        {
            return act();
        }
    }

    /// <summary>Seals and numbers a decision of a case on this silo, and has both recorded in one commit.</summary>
    /// <param name="recording">Completes when both are safe. If it fails, say so by <see cref="Lost"/>.</param>
    /// <returns>False when the seal is not open, or the case has a number; nothing was done.</returns>
    public bool TrySeal(Delivery asking, Decision decided, [NotNullWhen(true)] out Task<JournalHead>? recording)
    {
        lock (atSeal)
        {
            recording = isOpen ? seal(asking, decided) : null;
            return recording is not null;
        }
    }

    /// <summary>A number that was given did not come on record. Cases come by the grain again, which reads what did.</summary>
    public void Lost()
    {
        lock (atSeal)
        {
            isOpen = false;
            forget();
        }
    }
}
