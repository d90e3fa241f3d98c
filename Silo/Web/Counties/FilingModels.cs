using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Counties;

/// <summary>Sealed decisions of the towns that a department files (备案) or forwards (转报).</summary>
/// <param name="Path">Address of the page.</param>
/// <param name="OpenOnly">Only those that wait are shown.</param>
/// <param name="Filings">Oldest first.</param>
public sealed record FilingsModel(string Path, Words Office, bool OpenOnly, ImmutableArray<ShownFiling> Filings)
{
    public Words? Told { get; init; }
}

/// <summary>A filing task with the names of its town and item.</summary>
public sealed record ShownFiling(FilingView View, Words Town, Words Item);

/// <summary>One sealed decision before a department: to be filed or forwarded, and nothing else (B2).</summary>
public sealed record FilingModel
{
    /// <summary>Address of the list.</summary>
    public required string ListPath { get; init; }

    public required ShownFiling Filing { get; init; }

    /// <summary>What was decided; null where the case can't be read just now.</summary>
    public SealedDecision? Decision { get; init; }

    /// <summary>Address of the case file, where the department may read it (A5); null for others.</summary>
    public string? FilePath { get; init; }

    public required FormCommand Command { get; init; }

    /// <summary>What was typed.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Why it was not done.</summary>
    public Refusal? Refusal { get; init; }

    public Words? Told { get; init; }

    public string Path => $"{ListPath}/{Filing.View.Case}";

    public bool IsOpen => Filing.View.Answer is null;
}

/// <summary>A decision under the town's seal, as the department's copy shows it.</summary>
/// <param name="Number">The number that the seal gave; null while it is on its way.</param>
/// <param name="Party">An organisation by its name, a person by the surname.</param>
/// <param name="State">How the case stands.</param>
public sealed record SealedDecision(string? Number, string Party, Words Procedure, Words State);
