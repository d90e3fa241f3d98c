namespace TownReform.Grains.Rules.Cases;

/// <summary>What the code says of a procedure beyond its file.</summary>
/// <param name="Requester">The office of the county for which it is opened; null where any may.</param>
public sealed record DeclaredProcedure(CaseValue? Requester = null)
{
    public static DeclaredProcedure None { get; } = new();
}

/// <summary>A text that is read off a case.</summary>
public sealed class CaseValue(CaseReads reads, CaseFunction<string?> function)
{
    public CaseReads Reads { get; } = reads;

    /// <summary>The text; null when something that it needs isn't there.</summary>
    public string? Of(in ActCheck check) => function(check, static _ => null);
}
