using Orleans.Concurrency;

namespace TownReform.Grains.Inside;

/// <summary>What was read of a town's cases from one office on one day. Keyed world/day/town/office. Not for clients.</summary>
[Alias("read-log-page")]
internal interface IReadLogPage : IGrainWithStringKey
{
    /// <summary>Answers when it is safe: what comes while others are recorded goes together into the next record.</summary>
    [AlwaysInterleave, Alias("note")]
    Task NoteAsync(NoteRead read);
}
