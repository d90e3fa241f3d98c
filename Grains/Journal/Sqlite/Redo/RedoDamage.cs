namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>A commit of the redo log that was changed after it had been written.</summary>
/// <param name="No">Number of the commit.</param>
internal sealed record RedoDamage(string Segment, long No)
{
    public Words Why => new($"重做日志 {Segment} 中第 {No} 次提交已被改动或损坏", $"Commit {No} in redo log {Segment} was changed or damaged");
}
