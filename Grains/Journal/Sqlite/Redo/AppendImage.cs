using System.Buffers;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite.Redo;

/// <summary>An append as bytes of the redo log: what goes into the tables, as it stands there. Read from the front: its records, its effects, its case.</summary>
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
    }

    public StoredText World { get; }

    public StoredText Stream { get; }

    /// <summary>How many records follow.</summary>
    public int Records { get; }

    /// <exception cref="ArgumentNullException">The append lacks something that must be there.</exception>
    public static byte[] Of(PendingAppend append)
    {
        var bytes = buffer ??= new ArrayBufferWriter<byte>(4096);
        bytes.ResetWrittenCount();
        var writer = new ImageWriter(bytes);
        var first = append.Records[0];
        writer.Text(first.World);
        writer.Text(first.Stream);
        writer.Small(append.Records.Length);
        foreach (var record in append.Records)
        {
            RecordImage.Write(writer, record);
        }

        writer.Small(append.Effects.Count);
        foreach (var effect in append.Effects)
        {
            EffectImage.Write(writer, effect);
        }

        writer.Small(append.Case is null ? 0 : 1);
        if (append.Case is { } row)
        {
            CaseImage.Write(writer, row, append.Work);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>After the records: how many effects follow.</summary>
    public static int ReadEffects(scoped ref ImageReader reader) => reader.Small();

    /// <summary>After the effects: whether a case follows.</summary>
    public static bool ReadHasCase(scoped ref ImageReader reader) => reader.Small() > 0;
}

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

/// <summary>The case's row of an append.</summary>
internal readonly ref struct CaseImage
{
    public CaseImage(scoped ref ImageReader reader)
    {
        Number = reader.Text();
        Town = reader.Text();
        Procedure = reader.Text();
        Kind = reader.Text();
        Subject = reader.Text();
        Step = reader.Text();
        Disposition = (Disposition)reader.Small();
        Workplace = reader.Text();
        Colour = (ClockColour)reader.Small();
        PartyId = reader.Text();
        PartyName = reader.Text();
        Certificate = reader.Text();
        OpenedAt = reader.Moment();
        ChangedAt = reader.Moment();
        OpenedBy = reader.Id();
        WorkSince = reader.Moment();
        Work = reader.Text();
    }

    public StoredText Number { get; }

    public StoredText Town { get; }

    public StoredText Procedure { get; }

    public StoredText Kind { get; }

    public StoredText Subject { get; }

    public StoredText Step { get; }

    public Disposition Disposition { get; }

    public StoredText Workplace { get; }

    public ClockColour Colour { get; }

    public StoredText PartyId { get; }

    public StoredText PartyName { get; }

    public StoredText Certificate { get; }

    public DateTimeOffset OpenedAt { get; }

    public DateTimeOffset ChangedAt { get; }

    public Guid OpenedBy { get; }

    /// <summary>When the step began; of no meaning without work.</summary>
    public DateTimeOffset WorkSince { get; }

    /// <summary>The present step as work, JSON; none when the case has ended.</summary>
    public StoredText Work { get; }

    public static void Write(ImageWriter writer, CaseRow row, StoredWork? work)
    {
        writer.Text(row.Number);
        writer.Text(row.Town);
        writer.Text(row.Procedure);
        writer.Text(row.Kind);
        writer.Text(row.Subject);
        writer.Text(row.Step);
        writer.Small((int)row.Disposition);
        writer.TextOrNull(row.Workplace);
        writer.Small((int)row.Colour);
        writer.Text(row.PartyId);
        writer.Text(row.PartyName);
        writer.TextOrNull(row.Certificate);
        writer.Moment(row.OpenedAt);
        writer.Moment(row.ChangedAt);
        writer.Id(row.OpenedBy);
        writer.Moment(work?.Since ?? row.ChangedAt);
        if (work is null)
        {
            writer.Small(0);
        }
        else
        {
            writer.Bytes(work.Json);
        }
    }

    public CaseRow ToRow() => new(
        Number.ToString(), Town.ToString(), Procedure.ToString(), Kind.ToString(), Subject.ToString(), Step.ToString(), Disposition, Workplace.OrNull(), Colour, PartyId.ToString(), PartyName.ToString(),
        Certificate.OrNull(), OpenedAt, ChangedAt, OpenedBy, Work.OrNull() is { } work ? StoredJson.ReadWork(work) : null);
}
