using System.Security.Cryptography;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>One commit, whole: what it takes to do it again.</summary>
/// <param name="Images">The images of its appends, one after the other.</param>
internal sealed record RedoCommit(RedoFrame Frame, ReadOnlyMemory<byte> Images)
{
    public long No => Frame.No;

    /// <summary>False when its root isn't that of its records.</summary>
    public bool IsWhole
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Frame.Place.Root);
            foreach (var record in Read().SelectMany(append => append.Records))
            {
                hash.AppendData(record.Hash.Span);
            }

            return hash.GetHashAndReset().AsSpan().SequenceEqual(Frame.Root);
        }
    }

    /// <summary>The commit as the chain of commits tells it.</summary>
    public JournalCommit ToCommit() => new(No, Frame.Records, Frame.Place.Root, Frame.Root);

    /// <summary>Its appends as they can be shown.</summary>
    public IReadOnlyList<RedoAppend> Read()
    {
        var reader = new ImageReader(Images.Span);
        var appends = new List<RedoAppend>(Frame.Appends);
        while (appends.Count < Frame.Appends)
        {
            appends.Add(RedoAppend.Read(ref reader));
        }

        return appends;
    }
}

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

/// <summary>Where a file stands: its last record, its last effect, its last commit with that one's root.</summary>
internal readonly record struct JournalPlace(long Seq, long Effect, long Commit, byte[] Root);
