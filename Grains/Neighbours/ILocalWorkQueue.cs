using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Neighbours;

/// <summary>The work queue of a workplace on this silo, as cases come to it without a call. Any thread may call it.</summary>
internal interface ILocalWorkQueue
{
    /// <summary>Takes in a case's next step and picks its officers.</summary>
    /// <returns>False when the queue is not open; nothing was taken in.</returns>
    bool TryEnqueue(WorkItem item, [NotNullWhen(true)] out Assignment? taken);

    /// <summary>Lets a step go that the case has left.</summary>
    /// <returns>False when the queue is not open; nothing was let go.</returns>
    bool TryRelease(string caseNumber, long version);
}
