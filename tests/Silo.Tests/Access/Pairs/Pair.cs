using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>Somebody with a command.</summary>
/// <param name="Who">Who asks; <see cref="Requester.Anonymous"/> for nobody.</param>
internal sealed record Pair(Requester Who, PairCommand Command)
{
    public override string ToString() => $"{Who.Account?.Kind.ToString() ?? "nobody"} {Who.AccountId} [{Who.Scopes}]: {Command}";
}

/// <summary>A command as it goes over HTTP.</summary>
internal abstract record PairCommand(string Path, object Body);

/// <param name="Office">The office that is chosen; null for none.</param>
internal sealed record OpenPair(string Town, OpenCase Opening, string? Office)
    : PairCommand(
        $"/api/v1/towns/{Town}/cases{PairAddress.Query(Office)}",
        new
        {
            procedure = Opening.Procedure,
            item = Opening.Subject,
            party = Opening.Party,
            fields = PairAddress.Sent(Opening.Fields),
        }
    )
{
    public override string ToString() => $"open {Opening.Procedure} of {Opening.Subject} in {Town} for {Opening.Party.Id} from {Office}";
}

/// <param name="Version">The version that was seen; null for none.</param>
internal sealed record ActPair(string Number, string Act, ImmutableArray<Field> Fields, string? Office, long? Version)
    : PairCommand($"/api/v1/cases/{Number}/acts/{Act}{PairAddress.Query(Office)}", new { fields = PairAddress.Sent(Fields) })
{
    public override string ToString() => $"{Act} on {Number} at {Version} from {Office}: {string.Join(", ", Fields)}";
}

internal sealed record FilePair(string Office, string Case, FilingAnswer Answer, string? Reason)
    : PairCommand(
        $"/api/v1/county/{Office}/filings/{Case}",
        new { answer = $"{char.ToLowerInvariant($"{Answer}"[0])}{$"{Answer}"[1..]}", specialCircumstance = Reason }
    )
{
    public override string ToString() => $"{Answer} {Case} from {Office} because {Reason}";
}

internal sealed record LeavePair(string Staff, DateOnly From, DateOnly Until)
    : PairCommand($"/api/v1/staff/{Staff}/leave", new { from = $"{From:O}", until = $"{Until:O}" })
{
    public override string ToString() => $"leave of {Staff} {From:O} to {Until:O}";
}

internal static class PairAddress
{
    public static string Query(string? office) => office is null ? "" : $"?office={Uri.EscapeDataString(office)}";

    public static Dictionary<string, string> Sent(ImmutableArray<Field> fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
}

/// <summary>What a pair is to be answered, or was.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Of the refusal; null where it is done, or where no rule was asked.</param>
/// <param name="Recorded">Whether it leaves a record.</param>
/// <param name="Step">Where the case stands after it; null where it isn't done, or is no act on a case.</param>
internal sealed record PairOutcome(int Status, RefusalCode? Code, bool Recorded, string? Step = null)
{
    /// <summary>No rule is asked.</summary>
    public static PairOutcome Bare(int status) => new(status, null, Recorded: false);

    /// <summary>Turned away before anything is asked of a case or an office.</summary>
    public static PairOutcome AtTheDoor(RefusalCode code) => new(RefusalStatus.Of(code), code, Recorded: false);

    public static PairOutcome AtTheDoor(Refusal refusal) => AtTheDoor(refusal.Code);

    public static PairOutcome ByRule(Refusal refusal) => new(RefusalStatus.Of(refusal.Code), refusal.Code, RecordRules.IsRecorded(refusal));
}
