using System.Collections.Immutable;

namespace TownReform.Silo.Identity;

/// <summary>As whom somebody acts, and from which office: what a page's head tells and a command carries.</summary>
/// <param name="Actor">For the stamp of a command.</param>
/// <param name="Office">Name of the office; null for parties and who acts for them.</param>
/// <param name="Town">Town of a member of staff; null for everybody else.</param>
/// <param name="County">County of a person of a department above the towns; null for everybody else.</param>
/// <param name="Staff">What the town's record says of a member of staff just now; null for everybody else.</param>
internal sealed record Speaker(Actor Actor, Words? Office, string? Town = null, string? County = null, StaffFacts? Staff = null)
{
    /// <summary>Roles in that office just now.</summary>
    public ImmutableArray<string> Roles => Staff?.Roles ?? [];
}

/// <summary>An office that somebody may choose.</summary>
internal sealed record OfficeHeld(string Code, Words Name);
