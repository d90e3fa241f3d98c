namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>An append of the redo log.</summary>
/// <param name="Row">The case's row as it stood after it; null when the stream is no case's.</param>
internal sealed record RedoAppend(JournalRecord[] Records, CaseRow? Row)
{
    public static RedoAppend Read(scoped ref ImageReader reader)
    {
        var append = new AppendImage(ref reader);
        var (world, stream) = (append.World.ToString(), append.Stream.ToString());
        var records = new JournalRecord[append.Records];
        for (var n = 0; n < records.Length; n++)
        {
            records[n] = new RecordImage(ref reader).ToRecord(world, stream);
        }

        for (var left = AppendImage.ReadEffects(ref reader); left > 0; left--)
        {
            _ = new EffectImage(ref reader);
        }

        return new RedoAppend(records, AppendImage.ReadHasCase(ref reader) ? new CaseImage(ref reader).ToRow() : null);
    }
}
