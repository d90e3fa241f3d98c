using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>One effect of an append.</summary>
internal readonly ref struct EffectImage
{
    public EffectImage(scoped ref ImageReader reader)
    {
        Stream = reader.Text();
        Version = reader.Number();
        Ordinal = reader.Small();
        TargetType = reader.Text();
        TargetKey = reader.Text();
        At = reader.Moment();
        Json = reader.Text();
    }

    public StoredText Stream { get; }

    public long Version { get; }

    public int Ordinal { get; }

    public StoredText TargetType { get; }

    public StoredText TargetKey { get; }

    public DateTimeOffset At { get; }

    public StoredText Json { get; }

    public static void Write(ImageWriter writer, StoredEffect effect)
    {
        var delivery = effect.Delivery;
        writer.Text(delivery.Id.Stream);
        writer.Number(delivery.Id.Version);
        writer.Small(delivery.Id.Ordinal);
        writer.Text(delivery.TargetType);
        writer.Text(delivery.TargetKey);
        writer.Moment(delivery.At);
        writer.Bytes(effect.Json);
    }
}
