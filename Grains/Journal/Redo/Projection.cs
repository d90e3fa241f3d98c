namespace TownReform.Grains.Journal.Redo;

/// <summary>Rows of the tables, as a store writes them.</summary>
internal interface IProjectedRows
{
    void Record(in RecordImage record, StoredText world, StoredText stream, long seq, long commit);

    /// <summary>An effect that waits for its delivery.</summary>
    void Effect(in EffectImage effect, StoredText world, long id);

    void Commit(RedoFrame frame);

    /// <summary>An effect that has arrived, and may be in the tables.</summary>
    void Arrived(long id);

    /// <summary>Where a case stands, once for all that happened to it.</summary>
    /// <param name="version">The record that the row shows.</param>
    /// <param name="isNew">True when the tables have no row of it yet.</param>
    void Case(string world, string number, in CaseImage row, long version, bool isNew);
}

/// <summary>What rows follow from commits. Of a case that changes several times among them, only the last row is written; an effect that
/// has arrived by then, not at all.</summary>
internal sealed class Projection
{
    private readonly SortedDictionary<string, (string World, ReadOnlyMemory<byte> Row, long Version, bool IsNew)> cases = new(
        StringComparer.Ordinal
    );
    private readonly HashSet<long> passed = [];

    /// <param name="commits">In their order.</param>
    /// <param name="arrived">Effects that have arrived, of these commits or earlier ones.</param>
    public void Run(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived, IProjectedRows rows)
    {
        cases.Clear();
        passed.Clear();
        foreach (var commit in commits)
        {
            Take(commit, arrived, rows);
        }

        // In one order for everybody, so that two silos that write rows of the same cases don't wait for each other in a circle.
        foreach (var (number, (world, image, version, isNew)) in cases)
        {
            var reader = new ImageReader(image.Span);
            rows.Case(world, number, new CaseImage(ref reader), version, isNew);
        }

        foreach (var effect in arrived)
        {
            if (!passed.Contains(effect))
            {
                rows.Arrived(effect);
            }
        }
    }

    private void Take(RedoCommit commit, IReadOnlySet<long> arrived, IProjectedRows rows)
    {
        var (seq, id) = (commit.Frame.Before.Seq, commit.Frame.Before.Effect);
        var reader = new ImageReader(commit.Images.Span);
        for (var left = commit.Frame.Appends; left > 0; left--)
        {
            var append = new AppendImage(ref reader);
            var (version, isNew) = (append.Version, false);
            for (var n = append.Records; n > 0; n--)
            {
                var record = new RecordImage(ref reader);
                (version, isNew) = (record.Version, isNew || record.Version == 1);
                rows.Record(record, append.World, append.Stream, ++seq, commit.No);
            }

            for (var n = AppendImage.ReadEffects(ref reader); n > 0; n--)
            {
                var effect = new EffectImage(ref reader);
                if (arrived.Contains(++id))
                {
                    passed.Add(id);
                }
                else
                {
                    rows.Effect(effect, append.World, id);
                }
            }

            if (AppendImage.ReadHasCase(ref reader))
            {
                var image = commit.Images[reader.At..];
                var number = new CaseImage(ref reader).Number.ToString();
                isNew |= cases.TryGetValue(number, out var before) && before.IsNew;
                cases[number] = (append.World.ToString(), image, version, isNew);
            }
        }

        rows.Commit(commit.Frame);
    }
}
