using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A stored journal that a test writes into behind its back. The tables are called <c>journal</c> and <c>commits</c> wherever they are kept.</summary>
internal interface ITamperedJournal : IAsyncDisposable
{
    /// <summary>Commits these together, in this order.</summary>
    Task CommitAsync(IReadOnlyList<JournalAppend> together);

    /// <summary>No more commits; what is stored now is what <see cref="ResetAsync"/> goes back to.</summary>
    Task SealAsync();

    Task ResetAsync();

    Task ExecuteAsync(string sql);

    Task<ChainReport> VerifyAsync(ChainCheckpoint? expected = null);

    /// <summary>Every record with its place, in order.</summary>
    Task<IReadOnlyList<ScannedRecord>> RecordsAsync();

    Task<IReadOnlyList<JournalCommit>> CommitsAsync();

    /// <summary>Bytes as a literal.</summary>
    string Literal(ReadOnlySpan<byte> bytes);

    /// <summary>Columns of a record that the fence doesn't hold, each with expressions that change it to something else, whatever it was.</summary>
    IReadOnlyList<(string Column, string Expression)> Edits { get; }
}
