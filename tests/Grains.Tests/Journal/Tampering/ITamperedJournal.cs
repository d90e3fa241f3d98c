using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Tests.Journal.Tampering;

/// <summary>A stored journal that a test writes into behind its back. The tables are called <c>journal</c> and <c>commits</c> wherever they
/// are kept.</summary>
internal interface ITamperedJournal : IAsyncDisposable
{
    /// <summary>Commits these appends to different streams, together where the storage lets a test say so.</summary>
    Task CommitAsync(IReadOnlyList<JournalAppend> together);

    /// <summary>No more commits; what is stored now is what <see cref="ResetAsync"/> goes back to.</summary>
    Task SealAsync();

    Task ResetAsync();

    Task ExecuteAsync(string sql);

    Task<ChainReport> VerifyAsync(ChainCheckpoint? expected = null);

    /// <summary>Reads it whole, as it stands.</summary>
    IJournalScan Scan { get; }

    /// <summary>Every record in order of commit.</summary>
    Task<IReadOnlyList<TamperedRow>> RowsAsync();

    Task<IReadOnlyList<JournalCommit>> CommitsAsync();

    /// <summary>Bytes as a literal.</summary>
    string Literal(ReadOnlySpan<byte> bytes);

    /// <summary>Columns of a record, each with an expression that makes something else of it, whatever it was.</summary>
    IReadOnlyList<(string Column, string Expression)> Edits { get; }

    /// <summary>Columns that a record has only here, to be copied with it; each followed by a comma.</summary>
    string OwnColumns { get; }

    /// <summary>Places are numbered without gaps and are part of what is verified.</summary>
    bool KeepsPlaces { get; }

    /// <summary>Where the journal ends is kept beside it, so that a cut of its end shows without a checkpoint.</summary>
    bool KnowsItsEnd { get; }
}

/// <summary>One stored record, and the value of its <c>seq</c>.</summary>
internal sealed record TamperedRow(JournalRecord Record, long Commit, long Writer, long Seq)
{
    public string Stream => Record.Stream;

    public long Version => Record.Version;

    /// <summary>A condition that finds it.</summary>
    public string Where => $"stream = '{Stream}' AND version = {Version}";
}
