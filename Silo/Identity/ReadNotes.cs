using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity;

/// <summary>What of a file is going to be shown.</summary>
/// <param name="Reason">What it is read for; those whose office gives them no part in the case must say so.</param>
/// <param name="Then">As of which moment; null for now.</param>
internal sealed record Reading(FilePart Part, string? Reason = null, AsOf? Then = null);

/// <summary>
/// Notes who is shown a file (阅卷留痕). A file leaves only when it is on record that it does: what can't be noted isn't shown. That costs
/// one commit, which all who read meanwhile share, and none for whoever sees the same again within ten minutes.
/// </summary>
internal sealed class ReadNotes(TownCalls town, ITownClock clock)
{
    /// <summary>Characters of a stated reason.</summary>
    public const int FewestOfAReason = 5,
        MostOfAReason = 200;

    /// <summary>Notes it, where it is to be noted.</summary>
    /// <returns>Why it isn't shown; null when it may be.</returns>
    public async Task<Refusal?> NoteAsync(Requester who, OpenedFile file, Reading reading)
    {
        var mustSay = AccessRules.NeedsReason(who, file.Relation);
        if (mustSay && !IsReason(reading.Reason))
        {
            return IdentityRefusals.ReasonMissing();
        }

        if (!AccessRules.IsNoted(who, file.Relation))
        {
            return null;
        }

        var stamp = new Stamp(Guid.Empty, ReaderOf(who, file), await clock.NowAsync());
        var note = new NoteRead(stamp, file.Case.Number, reading.Part, file.Shown.Version, mustSay ? reading.Reason!.Trim() : null);
        var noted = await TownCalls.SendAsync(() => town.Grains.Grain<IReadLogGrain>(town.World).NoteAsync(note));
        return noted.Refusal;
    }

    /// <summary>Whether a text says what a file is read for.</summary>
    public static bool IsReason(string? reason) => reason?.Trim().Length is >= FewestOfAReason and <= MostOfAReason;

    // Who holds no office is named as they sign in: the id of an account is nobody's to see.
    private static Actor ReaderOf(Requester who, OpenedFile file) =>
        file.Relation switch
        {
            CaseRelation.Party => new Actor(who.Parties[0], Actor.Public),
            CaseRelation.Agent => new Actor(who.Parties[0], Actor.Public, For: file.Case.Party.Id),
            _ => file.Actor ?? new Actor(who.Account!.SignInName, NoteRead.Audit),
        };
}
