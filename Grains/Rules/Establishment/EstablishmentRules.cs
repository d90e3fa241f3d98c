using System.Diagnostics;

namespace TownReform.Grains.Rules.Establishment;

/// <summary>Posts are never held beyond the approved number (D2); a person holds at most one.</summary>
[Clause("D2")]
public static class EstablishmentRules
{
    public static Outcome<EstablishmentEvent> Appoint(EstablishmentState state, string staff, PostClass posts, ApprovedPosts approved)
    {
        if (!Enum.IsDefined(posts))
        {
            throw new ArgumentOutOfRangeException(nameof(posts), posts, "Unknown class of posts.");
        }

        if (state.Holders.TryGetValue(staff, out var held))
        {
            return EstablishmentRefusals.AlreadyHeld(staff, held);
        }

        return state.Held(posts) >= approved.Of(posts)
            ? EstablishmentRefusals.Exhausted(staff, posts, approved.Of(posts), state.Held(posts))
            : new PostFilled(staff, posts);
    }

    public static Outcome<EstablishmentEvent> Release(EstablishmentState state, string staff) =>
        state.Holders.ContainsKey(staff) ? new PostReleased(staff) : EstablishmentRefusals.NotHeld(staff);

    public static EstablishmentState Apply(EstablishmentState state, EstablishmentEvent happened) =>
        happened switch
        {
            PostFilled it => Counted(
                state with
                {
                    Holders = state.Holders.Add(it.Staff, it.Class),
                    Freed = state.Freed.Remove(it.Staff),
                },
                it.Class,
                +1
            ),
            PostReleased it => Counted(
                state with
                {
                    Holders = state.Holders.Remove(it.Staff),
                    Freed = state.Freed.Add(it.Staff),
                },
                state.Holders[it.Staff],
                -1
            ),
            EstablishmentRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on an establishment."),
        };

    public static EstablishmentView View(string town, EstablishmentState state, ApprovedPosts approved) =>
        new(town, approved.Administrative, state.HeldAdministrative, approved.Institution, state.HeldInstitution);

    private static EstablishmentState Counted(EstablishmentState state, PostClass posts, int by) =>
        posts == PostClass.Administrative
            ? state with
            {
                HeldAdministrative = state.HeldAdministrative + by,
            }
            : state with
            {
                HeldInstitution = state.HeldInstitution + by,
            };
}
