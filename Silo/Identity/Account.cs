using System.Collections.Immutable;

namespace TownReform.Silo.Identity;

/// <summary>Who may sign in, and whom of the town's record they are.</summary>
/// <param name="Id">Of the account itself; never shown and never changed.</param>
/// <param name="SignInName">What is typed at sign-in; letters in either case are the same.</param>
/// <param name="Name">What pages call them.</param>
/// <param name="Town">Of <see cref="Staff"/>.</param>
/// <param name="Staff">Staff id in the town; null for everybody else.</param>
/// <param name="County">Of <see cref="CountyOffice"/>.</param>
/// <param name="CountyOffice">Department above the towns; null for everybody else.</param>
/// <param name="CountyPerson">Id of the person in that department.</param>
public sealed record Account(
    string Id,
    AccountKind Kind,
    string SignInName,
    Words Name,
    string? Town = null,
    string? Staff = null,
    string? County = null,
    string? CountyOffice = null,
    string? CountyPerson = null
)
{
    /// <summary>Ids under which a citizen or an enterprise is party to cases; the first is their own.</summary>
    public ImmutableArray<string> Parties { get; init; } = [];

    /// <summary>Since when it may not be used any more; null while it may.</summary>
    public DateTimeOffset? DisabledAt { get; init; }
}
