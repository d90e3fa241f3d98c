namespace TownReform.Grains.Journal.Audit;

/// <summary>What the chains need of a record: its name, its hashes, and where it stands.</summary>
/// <param name="Commit">Number of the commit that the record names; 0 in a world without commits.</param>
/// <param name="Writer">Whose commit that is.</param>
/// <param name="Place">Place in the journal from 1; null where places aren't kept.</param>
internal sealed record ChainRow(
    string World,
    string Stream,
    long Version,
    ReadOnlyMemory<byte> PreviousHash,
    ReadOnlyMemory<byte> Hash,
    long Commit,
    long? Place,
    long Writer
)
{
    public bool IsOf(ChainRow other) => World == other.World && Stream == other.Stream;

    public bool Follows(JournalHead head) => PreviousHash.Span.SequenceEqual(head.Hash.Span);

    /// <summary>What is wrong with the record as the next one of its stream; null when nothing is.</summary>
    public ChainFault? After(JournalHead head) =>
        Version > head.Version + 1 ? Missing(head.Version + 1)
        : Version <= head.Version ? OutOfOrder()
        : Follows(head) ? null
        : Unfollowing();

    /// <summary>Records of the stream are missing before this one.</summary>
    public ChainFault Missing(long version) =>
        Fault(
            ChainFaultKind.Missing,
            $"缺第 {version} 条记录，其后的记录仍在。",
            $"Record {version} is missing; later ones are there."
        ) with
        {
            Version = version,
        };

    public ChainFault OutOfOrder() =>
        Fault(ChainFaultKind.Inserted, $"第 {Version} 条记录不在其应在的次序。", $"Record {Version} stands out of its order.");

    public ChainFault Unfollowing() => Fault(ChainFaultKind.Edited, "未接在前一条记录之后。", "It doesn't follow the record before it.");

    public ChainFault Foreign() =>
        Fault(ChainFaultKind.Inserted, $"第 {Commit} 次提交并无此记录。", $"Commit {Commit} holds no such record.");

    public ChainFault Replaced() =>
        Fault(
            ChainFaultKind.Edited,
            $"第 {Commit} 次提交的根散列所记的不是这条记录；其散列已被重算。",
            $"The root of commit {Commit} was made over another record; this one's hash was computed anew."
        );

    public ChainFault Misplaced() =>
        Fault(ChainFaultKind.Edited, "记录不在其提交时的位置。", "The record doesn't stand where it was committed.");

    public ChainFault Fault(ChainFaultKind kind, string zh, string en) =>
        new(kind, Stream, Version, Commit != 0 || Place is not null ? Commit : null, new Words(zh, en), Place);
}
