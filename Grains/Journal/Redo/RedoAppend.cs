namespace TownReform.Grains.Journal.Redo;

/// <summary>An append of the redo log.</summary>
/// <param name="Version">Version of its last record.</param>
/// <param name="Records">None where the store has put them away itself.</param>
/// <param name="Row">The case's row as it stood after it; null when the stream is no case's.</param>
internal sealed record RedoAppend(string World, long Version, JournalRecord[] Records, CaseRow? Row)
{
    public static RedoAppend Read(scoped ref ImageReader reader)
    {
        var append = new AppendImage(ref reader);
        var (world, stream) = (append.World.ToString(), append.Stream.ToString());
        if ((uint)append.Records > (uint)reader.Left)
        {
            throw new InvalidDataException($"{append.Records} records don't fit into {reader.Left} bytes.");
        }

        var records = new JournalRecord[append.Records];
        for (var n = 0; n < records.Length; n++)
        {
            records[n] = new RecordImage(ref reader).ToRecord(world, stream);
        }

        for (var left = AppendImage.ReadEffects(ref reader); left > 0; left--)
        {
            _ = new EffectImage(ref reader);
        }

        return new RedoAppend(
            world,
            records.Length == 0 ? append.Version : records[^1].Version,
            records,
            AppendImage.ReadHasCase(ref reader) ? new CaseImage(ref reader).ToRow() : null
        );
    }
}
