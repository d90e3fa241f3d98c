using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Establishment;

/// <summary>Who holds a post of which class.</summary>
public sealed record EstablishmentState(ImmutableDictionary<string, PostClass> Holders, int HeldAdministrative, int HeldInstitution)
{
    public static EstablishmentState Empty { get; } = new(ImmutableDictionary<string, PostClass>.Empty, 0, 0);

    /// <summary>Whose posts were freed and who were not appointed again.</summary>
    public ImmutableHashSet<string> Freed { get; init; } = [];

    public int Held(PostClass posts) => posts == PostClass.Administrative ? HeldAdministrative : HeldInstitution;
}

/// <summary>Posts that the plan approves, by class (D2).</summary>
public sealed record ApprovedPosts(int Administrative, int Institution)
{
    public int Of(PostClass posts) => posts == PostClass.Administrative ? Administrative : Institution;
}
