using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Documents;

/// <summary>One record of a case, as documents read it.</summary>
/// <param name="Hash">Lower-case hex.</param>
public sealed record DocumentSource(long Version, DateTimeOffset At, Actor Actor, string Hash, CaseEvent Happened);

/// <summary>What documents are made from beside the record.</summary>
/// <param name="Procedure">The version that the case was opened by.</param>
/// <param name="Item">Null where the case is about no item.</param>
public sealed record DocumentGround(
    TownPlan Plan,
    Procedure Procedure,
    PowerItem? Item,
    WorkCalendar Calendar,
    LawBook Law,
    ImmutableArray<DocumentTemplate> Templates
);

/// <summary>Which documents a case has issued, and what they say. Nothing of it is stored: the same record gives the same
/// documents.</summary>
public static class DocumentRules
{
    /// <param name="records">All records of the case, in order.</param>
    public static ImmutableArray<CaseDocument> Of(IReadOnlyList<DocumentSource> records, DocumentGround ground)
    {
        var documents = ImmutableArray.CreateBuilder<CaseDocument>();
        var (file, certificate) = (CaseFile.None, CertificateOf(records));
        foreach (var record in records)
        {
            file = CaseState.Apply(file, record.Happened);
            if (ActOf(record.Happened) is not { } act)
            {
                continue;
            }

            foreach (var template in ground.Templates.Where(template => template.IsIssuedBy(ground.Procedure, act)))
            {
                documents.Add(new DocumentMaking(template, record, file, certificate, ground).Make());
            }
        }

        return documents.ToImmutable();
    }

    private static string? ActOf(CaseEvent happened) =>
        happened switch
        {
            CaseOpened => CaseRules.OpenAct,
            ActTaken it => it.Act,
            _ => null,
        };

    private static string? CertificateOf(IEnumerable<DocumentSource> records) =>
        records
            .Select(record =>
                record.Happened switch
                {
                    ActTaken it => it.Certificate,
                    CertificateSet it => it.Certificate,
                    _ => null,
                }
            )
            .FirstOrDefault(number => number is not null);
}

/// <summary>One document being made.</summary>
/// <param name="file">The case right after the record.</param>
internal readonly struct DocumentMaking(
    DocumentTemplate template,
    DocumentSource record,
    CaseFile file,
    string? certificate,
    DocumentGround ground
)
{
    private DateOnly Day => ground.Plan.DayOf(record.At);

    private ImmutableArray<Field> Given =>
        record.Happened switch
        {
            CaseOpened it => it.Fields,
            ActTaken it => it.Fields,
            _ => [],
        };

    private bool HasDecided => file.Decided;

    public CaseDocument Make()
    {
        var organ = Organ();
        return new()
        {
            Id = FormattableString.Invariant($"{record.Version}-{template.Code}"),
            Code = template.Code,
            Title = template.Title,
            Number = new($"{file.Number}-{record.Version} 号", $"No. {file.Number}-{record.Version}"),
            Organ = organ?.Name ?? ground.Plan.Name,
            Plates = organ?.Plates ?? [],
            Seal = template.IsSealed ? ground.Plan.SealText : null,
            Addressee = template.IsAddressed ? file.Party.Name : null,
            Body = Body(),
            Entries = template.Entries is { } name ? [.. FieldRules.Entries(Value(name) ?? "")] : [],
            Papers = template.ListsPapers ? [.. PaperLists.In(Given.IsDefault ? [] : Given)] : [],
            Basis = Basis(),
            Remedy = template.Remedy,
            Certificate = HasDecided ? certificate : null,
            Day = Day,
            Date = DocumentDates.Of(Day),
            Version = record.Version,
            Hash = record.Hash,
            RedHead = template.RedHead,
        };
    }

    private ImmutableArray<Words> Body()
    {
        var body = ImmutableArray.CreateBuilder<Words>();
        foreach (var paragraph in template.Body)
        {
            var (zh, en) = (Filled(paragraph.Zh, chinese: true), Filled(paragraph.En, chinese: false));
            if (zh is not null && en is not null)
            {
                body.Add(new(zh, en));
            }
        }

        return body.ToImmutable();
    }

    private string? Filled(string text, bool chinese)
    {
        var making = this;
        return DocumentTemplate.Fill(text, place => making.At(place) is { } words ? (chinese ? words.Zh : words.En) : null);
    }

    private Words? At(string place) =>
        DocumentTemplate.FieldOf(place) is { } field
            ? Shown(field)
            : place switch
            {
                "case" => Same(file.Number),
                "party" => Same(file.Party.Name),
                "party-id" => Same(file.Party.Id),
                "town" => ground.Plan.Name,
                "organ" => Organ()?.Name ?? ground.Plan.Name,
                "item" => ground.Item?.Name,
                "item-code" => Same(ground.Item?.Code),
                "basis" => Same(Basis()),
                "law" => Same((record.Happened as ActTaken)?.Law ?? Basis()),
                "day" => DocumentDates.Of(Day),
                "opened" => DocumentDates.Of(file.OpenedOn),
                "due" => Due(),
                "certificate" => Same(HasDecided ? certificate : null),
                _ => null,
            };

    private Words? Shown(string field)
    {
        if (Value(field) is not { Length: > 0 } value || !ground.Procedure.Fields.TryGetValue(field, out var rule))
        {
            return null;
        }

        return rule.Type switch
        {
            FieldType.Choice => TermWords.Choice(field, value),
            FieldType.Date when DateOnly.TryParseExact(value, "O", out var day) => DocumentDates.Of(day),
            FieldType.Money => new($"{value} 元", $"{value} yuan"),
            FieldType.List => new(string.Join('、', FieldRules.Entries(value)), string.Join(", ", FieldRules.Entries(value))),
            _ => Same(value),
        };
    }

    private string? Value(string field) => file.Value(field);

    private Words? Due() =>
        ClockRules.Look(file, ground.Procedure.Steps.GetValueOrDefault(file.Step), Day, ground.Calendar, ground.Law).Due is { } due
            ? DocumentDates.Of(due)
            : null;

    private string? Basis() => ground.Item?.On(Day).LegalBasis is { Length: > 0 } basis ? basis : null;

    // Whoever acts for an office of the town issues it; else the organ that has the case, or that takes cases in.
    private Organ? Organ()
    {
        var (plan, office) = (ground.Plan, record.Actor.Office);
        var at = file.Workplace is { } workplace && plan.IsOwn(workplace) ? workplace[(plan.Code.Length + 1)..] : null;
        return plan.Organs.FirstOrDefault(organ => organ.Code == office)
            ?? plan.Organs.FirstOrDefault(organ => organ.Code == at)
            ?? plan.Organs.FirstOrDefault(organ => organ.Duties.Contains("service"));
    }

    private static Words? Same(string? text) => string.IsNullOrEmpty(text) ? null : new(text, text);
}
