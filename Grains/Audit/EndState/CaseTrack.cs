using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Audit.EndState;

/// <summary>One case as its stream says so far. Once it has ended, only what is still asked of it is kept.</summary>
internal sealed class CaseTrack
{
    /// <summary>The case while it is open, or while nothing but a refused opening is on record.</summary>
    public CaseFile? File { get; private set; } = CaseFile.None;

    public string Town { get; set; } = "";

    public string? Certificate { get; set; }

    /// <summary>Version of the record that set the certificate.</summary>
    public long CertificateVersion { get; private set; }

    /// <summary>An act has asked the seal for a number, at that version; 0 when none has.</summary>
    public long NumberAskedAt { get; set; }

    /// <summary>Some of it was not judged: the seeds don't hold its procedure in its version.</summary>
    public bool NotJudged { get; set; }

    /// <summary>Moment of the last event that changed the case: what its row and its work were written by.</summary>
    public DateTimeOffset RowAt { get; private set; }

    /// <summary>Its records have left memory, so only its row tells of it.</summary>
    public bool Folded { get; private set; }

    /// <summary>The read model has a row of it.</summary>
    public bool InIndex { get; set; }

    /// <summary>The read model has work of it.</summary>
    public bool HasWork { get; set; }

    /// <summary>Effects that it has caused, of the types that matters keep for their audit.</summary>
    public ImmutableArray<Effect> Caused { get; set; } = [];

    public bool IsOpened => Folded || File is null || File.IsOpened;

    public bool HasEnded => File is null && !Folded;

    private EndedRow? ended;

    /// <param name="procedureOf">The procedure of a case.</param>
    public void Apply(CaseEvent happened, JournalRecord record, Func<CaseFile, Procedure> procedureOf)
    {
        if (happened is not ActRefused)
        {
            RowAt = record.At;
        }

        if (NumberIn(happened) is { } number)
        {
            (Certificate, CertificateVersion) = (number, record.Version);
        }

        if (File is null)
        {
            ended = ended is { } row && happened is CertificateSet late ? row with { ChangedAt = late.At } : ended;
            return;
        }

        File = CaseState.Apply(File, happened);
        Town = File.Town;
        if (File is { IsOpened: true, IsOpen: false })
        {
            (ended, File) = (new EndedRow(Fixed(File.ToRow(procedureOf(File), null)), File.ChangedAt), null);
        }
    }

    /// <summary>The certificate number that an event gives its case; null when it gives none.</summary>
    public static string? NumberIn(CaseEvent happened) =>
        happened switch
        {
            CertificateSet it => it.Certificate,
            ActTaken it => it.Certificate,
            _ => null,
        };

    public void Fold() => (Folded, File) = (true, null);

    /// <summary>Whether a row is the ended case's; all but certificate and time of change by a digest.</summary>
    public bool IsEndedAs(CaseRow row) =>
        ended is { } kept && kept.Fixed == Fixed(row) && kept.ChangedAt == row.ChangedAt && Certificate == row.Certificate;

    private static UInt128 Fixed(CaseRow row)
    {
        var text = string.Join(
            '\u0001',
            row.Number,
            row.Town,
            row.Procedure,
            row.Kind,
            row.Subject,
            row.Step,
            (int)row.Disposition,
            row.Workplace,
            (int)row.Colour,
            row.PartyId,
            row.PartyName,
            row.OpenedAt.UtcTicks,
            row.OpenedBy,
            string.Join('\u0002', row.Labels)
        );
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private readonly record struct EndedRow(UInt128 Fixed, DateTimeOffset ChangedAt);
}
