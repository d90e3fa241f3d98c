using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>One member of a town's staff. Keyed world/town/staff. Owns post, certificates, agreement, service dates, absences and
/// secondments.</summary>
[Alias("staff")]
public interface IStaffGrain : IGrainWithStringKey
{
    /// <summary>Records a planned or taken leave. Days are inclusive; refused when it overlaps another absence.</summary>
    [Alias("leave")]
    Task<Outcome<StaffFacts>> TakeLeaveAsync(TakeLeave command);

    // It comes between the awaits of a leave, too: of two superiors who approve each other's leave, each is asked who they are by the
    // other.
    [AlwaysInterleave, Alias("facts")]
    Task<Outcome<StaffFacts>> ReadAsync();
}

/// <summary>Administrative posts (行政编制) and institution posts (事业编制); the assessment's two groups are the same.</summary>
public enum PostClass
{
    Administrative = 1,
    Institution = 2,
}

public enum AbsenceKind
{
    Leave = 1,
    Secondment = 2,
}

/// <summary>Time away; both days inclusive, in the town's calendar.</summary>
[GenerateSerializer, Immutable, Alias("absence")]
public sealed record Absence(AbsenceKind Kind, DateOnly From, DateOnly Until, string? Case = null, string? To = null);

/// <summary>A certificate and the last day on which it is valid.</summary>
[GenerateSerializer, Immutable, Alias("certificate")]
public sealed record Certificate(string Code, DateOnly ValidUntil);

/// <summary>Time in which somebody of the record held no office: their post was freed.</summary>
/// <param name="From">The moment from which on they held none.</param>
/// <param name="Until">The moment at which they were appointed again; null while they are not.</param>
[GenerateSerializer, Immutable, Alias("out-of-office")]
public sealed record OutOfOffice(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Everything that rules ask of a person.</summary>
/// <param name="Since">First day of service in the town (E3 counts from here).</param>
/// <param name="ProbationUntil">Last day of probation, if any (E7: no grade).</param>
/// <param name="AgreementUntil">Last day of a service agreement with the town, if any (E4).</param>
/// <param name="OutOfOffice">Times in which they held no office, in order; null where they always did.</param>
[GenerateSerializer, Immutable, Alias("staff-facts")]
public sealed record StaffFacts(
    string Id,
    string Town,
    string Organ,
    PostClass Class,
    bool CivilServant,
    ImmutableArray<string> Roles,
    ImmutableArray<Certificate> Certificates,
    DateOnly Since,
    DateOnly? ProbationUntil,
    DateOnly? AgreementUntil,
    ImmutableArray<Absence> Absences,
    ImmutableArray<OutOfOffice>? OutOfOffice = null
);

[GenerateSerializer, Immutable, Alias("take-leave")]
public sealed record TakeLeave(Stamp Stamp, DateOnly From, DateOnly Until);
