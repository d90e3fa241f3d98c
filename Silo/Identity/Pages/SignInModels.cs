using System.Collections.Immutable;

namespace TownReform.Silo.Identity.Pages;

/// <summary>The sign-in page.</summary>
/// <param name="Return">Page that somebody came from; null: their first one.</param>
/// <param name="Typed">Name that was typed.</param>
/// <param name="Fault">Why it didn't go on.</param>
public sealed record SignInModel(string? Return, string Typed = "", Words? Fault = null)
{
    /// <summary>An outside provider vouches for people here.</summary>
    public bool HasProvider { get; init; }
}

/// <summary>The page that asks for a one-time code.</summary>
public sealed record CodeModel(Words? Fault = null);

/// <summary>The page on which somebody who is signed in proves again who they are.</summary>
/// <param name="WantsCode">A one-time code is asked for too.</param>
/// <param name="HasPassword">There is a password to ask for.</param>
public sealed record AgainModel(string? Return, bool WantsCode, bool HasPassword, Words? Fault = null)
{
    /// <summary>An outside provider vouched for them, and can again.</summary>
    public bool HasProvider { get; init; }
}

/// <summary>The page for somebody whom an outside provider knows and the accounts don't.</summary>
/// <param name="Subject">Their own identity at the provider, as it has told them; of accounts nothing.</param>
public sealed record NotLinkedModel(string Issuer, string Subject);

/// <summary>The page on which somebody chooses the office that they work for in this tab.</summary>
public sealed record OfficesModel(ImmutableArray<PageOffice> Offices);

/// <param name="Path">First page of the office.</param>
public sealed record PageOffice(string Path, Words Name);
