namespace TownReform.Grains.Journal.Audit;

/// <summary>One commit of the durable journal. <c>Root = SHA-256(PreviousRoot ‖ hashes of its records in order)</c>; the first follows 32
/// zero bytes.</summary>
/// <param name="No">From 1, without gaps.</param>
/// <param name="Records">How many records it holds.</param>
/// <param name="Writer">Whose chain it belongs to; each silo on PostgreSQL has one, a file has only one.</param>
public sealed record JournalCommit(long No, int Records, ReadOnlyMemory<byte> PreviousRoot, ReadOnlyMemory<byte> Root, long Writer = 0);
