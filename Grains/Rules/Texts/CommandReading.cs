using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Texts;

/// <summary>Reads the texts of one command until the first that can't be taken. What follows that is no longer looked at.</summary>
internal ref struct CommandReading
{
    /// <summary>Numbers of cases that one list is asked for at most.</summary>
    private const int MostNumbers = 1000;

    /// <summary>Why the command can't be taken; null while it can.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>A text that must be there, in normal form.</summary>
    public string Need(TextKind kind, in TextName name, string text)
    {
        Refusal ??= TextRules.Need(kind, name, ref text);
        return text;
    }

    /// <summary>A text that may be missing, in normal form; null when blank.</summary>
    public string? Take(TextKind kind, in TextName name, string? text)
    {
        Refusal ??= TextRules.Take(kind, name, ref text);
        return text;
    }

    /// <summary>Who sends the command.</summary>
    public Stamp Stamp(Stamp? stamp)
    {
        if (stamp?.Actor is not { } actor)
        {
            Refusal ??= TextRefusals.Missing(stamp is null ? TextNames.Stamp : TextNames.Actor);
            return stamp!;
        }

        var (id, office, behalf) = (
            Need(TextKind.PersonId, TextNames.ActorId, actor.Id),
            Need(TextKind.Code, TextNames.ActorOffice, actor.Office),
            Take(TextKind.PersonId, TextNames.ActorFor, actor.For)
        );
        var late = stamp.Late is null ? null : Late(stamp.Late);
        return Same(id, actor.Id) && Same(office, actor.Office) && Same(behalf, actor.For) && Same(late, stamp.Late)
            ? stamp
            : stamp with
            {
                Actor = actor with { Id = id, Office = office, For = behalf },
                Late = late,
            };
    }

    private LateEntry Late(LateEntry late)
    {
        var (reason, paper) = (
            Need(TextKind.Remark, TextNames.LateReason, late.Reason),
            Need(TextKind.Name, TextNames.LatePaper, late.Paper)
        );
        return Same(reason, late.Reason) && Same(paper, late.Paper) ? late : new(reason, paper);
    }

    /// <summary>Whom a case is about.</summary>
    public Party Party(Party? party)
    {
        if (party is null)
        {
            Refusal ??= TextRefusals.Missing(TextNames.Party);
            return party!;
        }

        var (id, name) = (Need(TextKind.PersonId, TextNames.PartyId, party.Id), Need(TextKind.Name, TextNames.NameOfParty, party.Name));
        return Same(id, party.Id) && Same(name, party.Name) ? party : party with { Id = id, Name = name };
    }

    /// <summary>Named values. A blank value stays blank: whether it may be is said by the field's own rule, which knows its
    /// label.</summary>
    public ImmutableArray<Field> Fields(ImmutableArray<Field> fields)
    {
        if (fields.IsDefaultOrEmpty || TooMany(TextNames.Fields, fields.Length, TextBound.Fields))
        {
            return [];
        }

        ImmutableArray<Field>.Builder? mended = null;
        for (var i = 0; i < fields.Length && Refusal is null; i++)
        {
            var (name, value) = (Need(TextKind.Code, TextNames.FieldName, fields[i].Name), fields[i].Value);
            // What the text is called is put together only where something is to be said about it.
            value =
                value is null or "" || Refusal is not null ? ""
                : TextRules.IsFine(TextKind.Value, value) ? value
                : Take(KindOf(value), new TextName($"fields.{name}", name, name), value) ?? "";
            if (!Same(name, fields[i].Name) || !Same(value, fields[i].Value))
            {
                mended ??= fields.ToBuilder();
                mended[i] = new Field(name, value);
            }
        }

        return mended?.MoveToImmutable() ?? fields;
    }

    /// <summary>Numbers of cases that a list is asked for.</summary>
    public ImmutableArray<string> Numbers(ImmutableArray<string> numbers)
    {
        if (numbers.IsDefaultOrEmpty || TooMany(TextNames.Case, numbers.Length, MostNumbers))
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<string>(numbers.Length);
        foreach (var number in numbers)
        {
            read.Add(Need(TextKind.CaseNumber, TextNames.Case, number));
        }

        return read.MoveToImmutable();
    }

    /// <summary>Labels that a list is asked for.</summary>
    public ImmutableArray<CaseLabel> Labels(ImmutableArray<CaseLabel> labels)
    {
        if (labels.IsDefaultOrEmpty || TooMany(TextNames.Labels, labels.Length, CaseLabel.Most))
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<CaseLabel>(labels.Length);
        foreach (var (name, value) in labels)
        {
            read.Add(new(Need(TextKind.Code, TextNames.LabelName, name), Need(TextKind.Value, TextNames.LabelValue, value)));
        }

        return read.MoveToImmutable();
    }

    /// <summary>Codes, each in normal form.</summary>
    public ImmutableArray<string> Codes(in TextName name, ImmutableArray<string> codes)
    {
        if (codes.IsDefaultOrEmpty || TooMany(name, codes.Length, TextBound.Entries))
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<string>(codes.Length);
        foreach (var code in codes)
        {
            read.Add(Need(TextKind.Code, name, code));
        }

        return read.MoveToImmutable();
    }

    /// <summary>People of a yearly assessment.</summary>
    public ImmutableArray<Assessee> People(ImmutableArray<Assessee> people)
    {
        if (people.IsDefaultOrEmpty || TooMany(TextNames.People, people.Length, TextBound.Entries))
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<Assessee>(people.Length);
        foreach (var person in people)
        {
            Refusal ??= person is null ? TextRefusals.Missing(TextNames.People) : null;
            read.Add(Refusal is null ? person! with { Staff = Need(TextKind.PersonId, TextNames.Staff, person.Staff) } : person!);
        }

        return read.MoveToImmutable();
    }

    /// <summary>What is registered of somebody who is taken on.</summary>
    public StaffFacts Particulars(StaffFacts? particulars)
    {
        if (particulars is null)
        {
            Refusal ??= TextRefusals.Missing(TextNames.Particulars);
            return particulars!;
        }

        ImmutableArray<Certificate> certificates = particulars.Certificates.IsDefault ? [] : particulars.Certificates;
        var codes = Codes(TextNames.Certificates, [.. certificates.Select(certificate => certificate?.Code!)]);
        return Refusal is not null
            ? particulars
            : particulars with
            {
                Id = Need(TextKind.PersonId, TextNames.Staff, particulars.Id),
                Town = Need(TextKind.Code, TextNames.Town, particulars.Town),
                Organ = Need(TextKind.Code, TextNames.Organ, particulars.Organ),
                Roles = Codes(TextNames.Roles, particulars.Roles),
                Certificates = [.. certificates.Select((certificate, i) => certificate with { Code = codes[i] })],
                Absences = particulars.Absences.IsDefault ? [] : particulars.Absences,
            };
    }

    // Whether the field takes papers its own rule says.
    private static TextKind KindOf(string value) => HandedIn.IsOne(value) ? TextKind.Papers : TextKind.Value;

    private bool TooMany(in TextName name, int found, int most)
    {
        Refusal ??= found > most ? TextRefusals.TooMany(name, most, found) : null;
        return found > most;
    }

    private static bool Same(object? one, object? other) => ReferenceEquals(one, other);
}
