namespace TownReform;

/// <summary>Whether a call that ended in a fault did what it was to do.</summary>
public enum Deed
{
    /// <summary>Nothing was done or recorded.</summary>
    NotDone = 1,

    /// <summary>It was done and is on record; only its answer was lost.</summary>
    Done = 2,

    /// <summary>It isn't known. The same command id, sent again, gets the answer, and nothing is done twice.</summary>
    Unknown = 3,
}

/// <summary>
/// The one kind of exception, beside <see cref="JournalConflictException"/>, that leaves the town: something is wrong that is no matter of
/// law or state. Every client can read it.
/// </summary>
/// <param name="because">What is wrong, and what to do, in both languages.</param>
/// <param name="deed">Whether anything was done.</param>
/// <param name="commandId">The id to send the command again under; null where the call carries none.</param>
/// <param name="passing">Whether it ends by itself, such as storage that fails for a while.</param>
[GenerateSerializer, Alias("town-fault")]
public sealed class TownFaultException(Words because, Deed deed, Guid? commandId = null, bool passing = false) : Exception(because.En)
{
    [Id(0)]
    public Words Because { get; } = because;

    [Id(1)]
    public Deed Deed { get; } = deed;

    [Id(2)]
    public Guid? CommandId { get; } = commandId;

    [Id(3)]
    public bool Passing { get; } = passing;
}
