using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>Who read which file, when, from which office (阅卷留痕). Keyed by world; holds nothing. On record like everything else, on streams
/// of its own: one for each town, office and day.</summary>
[Alias("read-log")]
public interface IReadLogGrain : IGrainWithStringKey
{
    /// <summary>
    /// Notes that somebody was shown a file, or a part of it. Answers when that is safe, together with what others read meanwhile; a page
    /// need not wait for it. Whoever reads the same version of the same part again within ten minutes is noted once.
    /// Refused, and not noted: from an office that neither town nor county has, at a moment off the clock, as the system.
    /// </summary>
    [Alias("note")]
    Task<Outcome<FileRead>> NoteAsync(NoteRead read);

    /// <summary>Who has read the file of a case, latest first; for its party.</summary>
    /// <param name="from">First day, in the case's town.</param>
    /// <param name="until">Last day.</param>
    [ReadOnly, Alias("of-case")]
    Task<Outcome<FileReads>> OfCaseAsync(string number, DateOnly from, DateOnly until);

    /// <summary>What was read of the cases of a town, latest first; for auditors.</summary>
    /// <param name="office">From one office; null for all.</param>
    [ReadOnly, Alias("of-office")]
    Task<Outcome<FileReads>> OfOfficeAsync(string town, string? office, DateOnly from, DateOnly until);
}

/// <summary>What of a file was read.</summary>
public enum FilePart
{
    /// <summary>The case file, or its history.</summary>
    File = 1,

    /// <summary>A paper that was handed in.</summary>
    Paper = 2,

    /// <summary>A document that was issued.</summary>
    Document = 3,

    /// <summary>A copy of the record taken out.</summary>
    Export = 4,
}

/// <param name="Stamp">Who reads, from which office, when; its id is not used.</param>
/// <param name="Case">Number of the case.</param>
/// <param name="Version">The version that was shown.</param>
/// <param name="Reason">Why, where a reason must be stated; such a read is always noted.</param>
[GenerateSerializer, Immutable, Alias("note-read")]
public sealed record NoteRead(Stamp Stamp, string Case, FilePart Part, long Version, string? Reason = null)
{
    /// <summary>Office of those who audit (审计人员), hold no office of a town or county and read nevertheless.</summary>
    public const string Audit = "audit";

    /// <summary>Of those who lead above the towns (领导).</summary>
    public const string Leaders = "leaders";

    /// <summary>Of those who run the system (运维人员).</summary>
    public const string Operators = "operators";
}

/// <summary>A file that was read.</summary>
/// <param name="Reader">Who, from which office, on whose behalf.</param>
/// <param name="Office">Name of that office.</param>
[GenerateSerializer, Immutable, Alias("file-read")]
public sealed record FileRead(string Case, Actor Reader, Words Office, DateTimeOffset At, FilePart Part, long Version, string? Reason);

/// <param name="IsWhole">False where there is more than was looked through; ask for fewer days.</param>
[GenerateSerializer, Immutable, Alias("file-reads")]
public sealed record FileReads(ImmutableArray<FileRead> Reads, bool IsWhole);
