namespace TownReform.Grains.Rules.Texts;

/// <summary>What sort of text a command carries. Each has its bounds.</summary>
public enum TextKind
{
    /// <summary>A code of the plans: town, procedure, item, office, act, name of a field.</summary>
    Code = 1,

    /// <summary>Who: number of an identity document, credit code, staff id.</summary>
    PersonId = 2,

    /// <summary>Number of a case.</summary>
    CaseNumber = 3,

    /// <summary>Name of a person or organisation.</summary>
    Name = 4,

    /// <summary>Value of a field: reasons, opinions, lists.</summary>
    Value = 5,

    /// <summary>What somebody says besides: a department's comment, a circumstance.</summary>
    Remark = 6,

    /// <summary>Name of a stream of the record.</summary>
    Stream = 7,

    /// <summary>Papers that were handed in, each with hash, size, kind and name.</summary>
    Papers = 8,
}

/// <summary>The most that a text may hold.</summary>
/// <param name="Characters">As people see them: a letter with its accents is one.</param>
/// <param name="Bytes">As stored, in UTF-8.</param>
public readonly record struct TextBound(int Characters, int Bytes)
{
    /// <summary>Most fields of one command.</summary>
    public const int Fields = 40;

    /// <summary>Most people, certificates or kinds that one command lists.</summary>
    public const int Entries = 1000;

    public static TextBound Of(TextKind kind) =>
        kind switch
        {
            TextKind.Code => new(64, 192),
            TextKind.PersonId => new(64, 192),
            TextKind.CaseNumber => new(32, 96),
            TextKind.Name => new(200, 800),
            TextKind.Value or TextKind.Remark => new(2000, 8000),
            TextKind.Stream => new(200, 600),
            TextKind.Papers => new(10_000, 24_000),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of text without bounds."),
        };
}

/// <summary>How a refusal names a text.</summary>
/// <param name="Path">Place in the command, such as <c>party.name</c>.</param>
public readonly record struct TextName(string Path, string Zh, string En);
