namespace TownReform.Grains.Journal.Redo;

/// <summary>One record of an append.</summary>
internal readonly ref struct RecordImage
{
    public RecordImage(scoped ref ImageReader reader)
    {
        Version = reader.Number();
        CommandId = reader.Id();
        ActorId = reader.Text();
        ActorOffice = reader.Text();
        ActorFor = reader.Text();
        At = reader.Moment();
        Kind = reader.Text();
        Payload = reader.Text();
        PreviousHash = reader.Fixed(HashChain.Length);
        Hash = reader.Fixed(HashChain.Length);
    }

    public long Version { get; }

    public Guid CommandId { get; }

    public StoredText ActorId { get; }

    public StoredText ActorOffice { get; }

    public StoredText ActorFor { get; }

    public DateTimeOffset At { get; }

    public StoredText Kind { get; }

    public StoredText Payload { get; }

    public ReadOnlySpan<byte> PreviousHash { get; }

    public ReadOnlySpan<byte> Hash { get; }

    public static void Write(ImageWriter writer, JournalRecord record)
    {
        writer.Number(record.Version);
        writer.Id(record.CommandId);
        writer.Text(record.ActorId);
        writer.Text(record.ActorOffice);
        writer.TextOrNull(record.ActorFor);
        writer.Moment(record.At);
        writer.Text(record.Kind);
        writer.Bytes(record.Payload.Span);
        writer.Fixed(record.PreviousHash.Span);
        writer.Fixed(record.Hash.Span);
    }

    public JournalRecord ToRecord(string world, string stream) => new(
        world, stream, Version, At, Kind.ToString(), ActorId.ToString(), ActorOffice.ToString(), ActorFor.OrNull(), CommandId, Payload.Utf8.ToArray(), PreviousHash.ToArray(), Hash.ToArray());
}
