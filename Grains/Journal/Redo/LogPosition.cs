namespace TownReform.Grains.Journal.Redo;

/// <summary>Where a file stands: its last record, its last effect, its last commit with that one's root.</summary>
internal readonly record struct LogPosition(long Seq, long Effect, long Commit, byte[] Root);
