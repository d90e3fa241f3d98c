using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Redo;

/// <summary>The case's row of an append.</summary>
internal readonly ref struct CaseImage
{
    /// <summary>Marks of a case without and with labels; older logs have the first only.</summary>
    private const int Plain = 1,
        WithLabels = 2;

    /// <param name="reader">Stands before the mark that says whether a case follows, and with what.</param>
    /// <exception cref="InvalidDataException">No case follows.</exception>
    public CaseImage(scoped ref ImageReader reader)
    {
        var mark = reader.Small();
        if (mark is not (Plain or WithLabels))
        {
            throw new InvalidDataException($"{mark} is no mark of a case.");
        }

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
        Labels = mark == WithLabels ? reader.Text() : default;
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

    /// <summary>Labels, JSON; none when it has none.</summary>
    public StoredText Labels { get; }

    public static void Write(ImageWriter writer, CaseRow row, StoredWork? work)
    {
        var labels = StoredJson.Write(row.Labels);
        writer.Small(labels is null ? Plain : WithLabels);
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

        if (labels is not null)
        {
            writer.Bytes(labels);
        }
    }

    public CaseRow ToRow() =>
        new(
            Number: Number.ToString(),
            Town: Town.ToString(),
            Procedure: Procedure.ToString(),
            Kind: Kind.ToString(),
            Subject: Subject.ToString(),
            Step: Step.ToString(),
            Disposition: Disposition,
            Workplace: Workplace.OrNull(),
            Colour: Colour,
            PartyId: PartyId.ToString(),
            PartyName: PartyName.ToString(),
            Certificate: Certificate.OrNull(),
            OpenedAt: OpenedAt,
            ChangedAt: ChangedAt,
            OpenedBy: OpenedBy,
            Work: Work.OrNull() is { } work ? StoredJson.ReadWork(work) : null,
            Labels: StoredJson.ReadLabels(Labels.OrNull())
        );
}
