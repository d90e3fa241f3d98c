using System.Collections.Immutable;

namespace TownReform.Silo.Web.Audit;

/// <summary>Where an auditor begins: a case to look for, and the state of the chains.</summary>
/// <param name="Query">What was looked for.</param>
/// <param name="Report">What the last check of all chains found; null when none was asked for.</param>
/// <param name="AsOf">When the answers were given.</param>
/// <param name="Zone">IANA name of the time zone.</param>
public sealed record AuditHomeModel(string Query, AuditReport? Report, DateTimeOffset AsOf, string Zone)
{
    /// <summary>Why the search led nowhere.</summary>
    public Words? Told { get; init; }
}

/// <summary>A case record by record, as stored, for an auditor.</summary>
/// <param name="Reason">What it is read for.</param>
/// <param name="Records">In order, each with its sentence.</param>
/// <param name="Zone">IANA name of the town's time zone.</param>
public sealed record AuditCaseModel(CaseView Case, Words Subject, string Reason, ImmutableArray<AuditedRecord> Records, string Zone);

/// <summary>A record as people read it and as it is stored.</summary>
public sealed record AuditedRecord(HistoryRecord Told, AuditRecord Stored)
{
    /// <summary>What people read is of the record that is stored.</summary>
    public bool IsSame => Told.Hash == Stored.Hash && Told.Version == Stored.Version;
}

/// <summary>Asks what a file is read for.</summary>
/// <param name="IsFaulty">It was asked before, and nothing usable was typed.</param>
public sealed record AuditReasonModel(string Number, string Reason, bool IsFaulty);
