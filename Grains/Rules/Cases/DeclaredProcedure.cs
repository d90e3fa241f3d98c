using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What the code says of a procedure beyond its file.</summary>
public sealed record DeclaredProcedure
{
    public static DeclaredProcedure None { get; } = new();

    /// <summary>The office of the county for which it is opened; null where any may.</summary>
    public CaseValue? Requester { get; init; }

    /// <summary>What holds for every case of it after every record.</summary>
    public ImmutableArray<CaseInvariant> AlwaysTrue { get; init; } = [];
}

/// <summary>What holds for a case after every record; an audit tells where it doesn't.</summary>
/// <param name="Clause">The clause that it follows from.</param>
/// <param name="Says">What it says.</param>
public sealed record CaseInvariant(string Clause, Words Says, Func<CaseFile, bool> Holds);

/// <summary>A label by which lists ask for cases.</summary>
/// <param name="Value">Its value of a case; null for none.</param>
public sealed record CaseLabelRule(string Name, Func<CaseFile, string?> Value);

/// <summary>A text that is read off a case.</summary>
public sealed class CaseValue(CaseReads reads, CaseFunction<string?> function)
{
    public CaseReads Reads { get; } = reads;

    /// <summary>The text; null when something that it needs isn't there.</summary>
    public string? Of(in ActCheck check) => function(check, static _ => null);
}
