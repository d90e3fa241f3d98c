namespace TownReform.Grains.Journal.Redo;

/// <summary>One record of an append.</summary>
internal readonly ref struct RecordImage
{
    public RecordImage(scoped ref ImageReader reader)
    {
        // A version below zero is that of a record with a receipt; older logs have none.
        var version = reader.Number();
        Version = version < 0 ? -version : version;
        CommandId = reader.Id();
        ActorId = reader.Text();
        ActorOffice = reader.Text();
        ActorFor = reader.Text();
        At = reader.Moment();
        Kind = reader.Text();
        Payload = reader.Text();
        PreviousHash = reader.Fixed(HashChain.Length);
        Hash = reader.Fixed(HashChain.Length);
        if (version < 0)
        {
            ReceivedAt = reader.Moment();
            Late = reader.Text();
            Digest = reader.Small() > 0 ? new CommandDigest(reader.Fixed(CommandDigest.Length)) : null;
        }
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

    public DateTimeOffset? ReceivedAt { get; }

    public StoredText Late { get; }

    public CommandDigest? Digest { get; }

    public static void Write(ImageWriter writer, JournalRecord record)
    {
        writer.Number(record.ReceivedAt is null ? record.Version : -record.Version);
        writer.Id(record.CommandId);
        writer.Text(record.ActorId);
        writer.Text(record.ActorOffice);
        writer.TextOrNull(record.ActorFor);
        writer.Moment(record.At);
        writer.Text(record.Kind);
        writer.Bytes(record.Payload.Span);
        writer.Fixed(record.PreviousHash.Span);
        writer.Fixed(record.Hash.Span);
        if (record.ReceivedAt is { } received)
        {
            writer.Moment(received);
            writer.TextOrNull(record.Late);
            writer.Small(record.Digest is null ? 0 : 1);
            if (record.Digest is { } digest)
            {
                Span<byte> bytes = stackalloc byte[CommandDigest.Length];
                digest.Write(bytes);
                writer.Fixed(bytes);
            }
        }
    }

    public JournalRecord ToRecord(string world, string stream) =>
        new(
            World: world,
            Stream: stream,
            Version: Version,
            At: At,
            Kind: Kind.ToString(),
            ActorId: ActorId.ToString(),
            ActorOffice: ActorOffice.ToString(),
            ActorFor: ActorFor.OrNull(),
            CommandId: CommandId,
            Payload: Payload.Utf8.ToArray(),
            PreviousHash: PreviousHash.ToArray(),
            Hash: Hash.ToArray(),
            ReceivedAt: ReceivedAt,
            Late: Late.OrNull(),
            Digest: Digest
        );
}
