using System.Buffers;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>An append as bytes of the redo log: what goes into the tables, as it stands there. Read from the front: its records, its
/// effects, its case.</summary>
internal readonly ref struct AppendImage
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <param name="reader">Stands before an append.</param>
    public AppendImage(scoped ref ImageReader reader)
    {
        World = reader.Text();
        Stream = reader.Text();
        Records = reader.Small();
        Version = Records == 0 ? reader.Number() : 0;
    }

    public StoredText World { get; }

    public StoredText Stream { get; }

    /// <summary>How many records follow; none where the store has put them away itself.</summary>
    public int Records { get; }

    /// <summary>Where no records follow: the version of the append's last.</summary>
    public long Version { get; }

    /// <summary>All of an append.</summary>
    /// <exception cref="ArgumentNullException">The append lacks something that must be there.</exception>
    public static byte[] Of(PendingAppend append) => Of(append, append.Records);

    /// <summary>What follows an append whose records the store puts away itself.</summary>
    /// <exception cref="ArgumentNullException">The append lacks something that must be there.</exception>
    public static byte[] OfRest(PendingAppend append) => Of(append, []);

    /// <summary>After the records: how many effects follow.</summary>
    public static int ReadEffects(scoped ref ImageReader reader) => reader.Small();

    /// <summary>After the effects: whether a case follows, which begins with its mark.</summary>
    public static bool ReadHasCase(scoped ref ImageReader reader) => !reader.SkipsZero();

    private static byte[] Of(PendingAppend append, JournalRecord[] records)
    {
        var bytes = buffer ??= new ArrayBufferWriter<byte>(4096);
        bytes.ResetWrittenCount();
        var writer = new ImageWriter(bytes);
        var first = append.Records[0];
        writer.Text(first.World);
        writer.Text(first.Stream);
        writer.Small(records.Length);
        if (records.Length == 0)
        {
            writer.Number(append.Records[^1].Version);
        }

        foreach (var record in records)
        {
            RecordImage.Write(writer, record);
        }

        writer.Small(append.Effects.Count);
        foreach (var effect in append.Effects)
        {
            EffectImage.Write(writer, effect);
        }

        if (append.Case is { } row)
        {
            CaseImage.Write(writer, row, append.Work);
        }
        else
        {
            writer.Small(0);
        }

        return bytes.WrittenSpan.ToArray();
    }
}
