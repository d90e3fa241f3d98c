using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>How heavily is punished (C4): in the band; outside it after a group discussion, by the town's head, inside the statute's own
/// range; below that only with a ground of mitigation; above it never.</summary>
[Clause("C4")]
public static class DiscretionRules
{
    private static readonly Words DiscussedOn = new("集体讨论日", "day of the group discussion");
    private static readonly Words PutRightOn = new("改正日", "day on which it was put right");

    /// <summary>
    /// The fine lies in the item's band for the found circumstances, both ends included; outside it only with reasons from a group
    /// discussion. Procedures until version 2 ask it; since then <see cref="FineInBand"/> and <see cref="FineInLaw"/>.
    /// </summary>
    /// <param name="groupDiscussion">Field <c>group-discussion</c>: the reasons for a fine outside the band.</param>
    public static Refusal? WithinBand(
        PowerItem item,
        OffenceDays offence,
        decimal fine,
        [FieldTypes(FieldType.Choice)] string circumstance,
        string? groupDiscussion,
        DateOnly day
    ) => groupDiscussion is null ? FineInBand(item, offence, fine, circumstance, day) : null;

    /// <summary>
    /// The fine lies in the item's band for the found circumstances, both ends included. The band is that of the day of the offence, unless
    /// that of the day of decision is milder.
    /// </summary>
    public static Refusal? FineInBand(
        PowerItem item,
        OffenceDays offence,
        decimal fine,
        [FieldTypes(FieldType.Choice)] string circumstance,
        DateOnly day
    )
    {
        var (band, basis) = BandOn(item, offence.Ended, day, circumstance);
        return band is not null && fine >= band.From && fine <= band.To
            ? null
            : PenaltyRefusals.OutsideBand(fine, circumstance, band, basis);
    }

    /// <summary>The fine lies in the statute's own range for the found circumstances, both ends included; below its lower end only with a
    /// ground of mitigation (行政处罚法 §32, until 2021-07-14 §27); above its upper end never.</summary>
    /// <param name="mitigation">Field <c>mitigation</c>: the ground for going below the statute's lower end.</param>
    public static Refusal? FineInLaw(
        PowerItem item,
        OffenceDays offence,
        decimal fine,
        [FieldTypes(FieldType.Choice)] string circumstance,
        [FieldTypes(FieldType.Choice)] string? mitigation,
        DateOnly day
    )
    {
        var (band, basis) = BandOn(item, offence.Ended, day, circumstance);
        return band is null ? PenaltyRefusals.OutsideBand(fine, circumstance, band, basis)
            : fine > band.LawMax ? PenaltyRefusals.AboveLaw(fine, band.LawMax, basis)
            : fine < band.LawMin && mitigation is null ? PenaltyRefusals.BelowLaw(fine, band.LawMin, basis)
            : null;
    }

    /// <summary>The band that counts for an offence decided on a day, and the basis that it stands on: the milder by its upper end, then by
    /// its lower.</summary>
    public static (FineBand? Band, string Basis) BandOn(PowerItem item, DateOnly offence, DateOnly decision, string circumstance) =>
        MilderLaw.Of(
            BandOf(item.On(offence), circumstance),
            BandOf(item.On(decision), circumstance),
            static (a, b) =>
                a.Band is null || b.Band is null ? (a.Band is null).CompareTo(b.Band is null)
                : a.Band.To != b.Band.To ? a.Band.To.CompareTo(b.Band.To)
                : a.Band.From.CompareTo(b.Band.From)
        );

    /// <summary>§57 (until 2021-07-14 §38): the leaders have discussed it as a group: members by name, each once, at least as many as the
    /// figure has; more than half of them agreed.</summary>
    /// <param name="discussionMembers">Field <c>discussion-members</c>: who took part, by name.</param>
    /// <param name="discussionOn">Field <c>discussion-on</c>: its day, since the step began.</param>
    /// <param name="votesFor">Field <c>votes-for</c>.</param>
    /// <param name="votesAgainst">Field <c>votes-against</c>; who neither agreed nor disagreed abstained.</param>
    public static Refusal? GroupDecided(
        string[] discussionMembers,
        DateOnly discussionOn,
        int votesFor,
        int votesAgainst,
        CaseFile file,
        CaseLaw law
    )
    {
        var members = discussionMembers.Distinct(StringComparer.Ordinal).Count();
        var least = law.Figure(LawNames.PenaltyGroupMembers)!;
        return members < least.Days || members < discussionMembers.Length
                ? PenaltyRefusals.GroupTooSmall(least, members, discussionMembers.Length)
            : (long)votesFor + votesAgainst > members || (long)votesFor * 2 <= members
                ? PenaltyRefusals.GroupNotAgreed(votesFor, votesAgainst, members)
            : StatedDays.Outside("C4", "discussion-on", DiscussedOn, discussionOn, file.StepOn, law.Day);
    }

    /// <summary>
    /// §33 (until 2021-07-14 §27): what is spared a penalty has its ground. A slight offence that was put right in time is minor and names
    /// the day on which it was put right; that it was the first one is a ground since 2021-07-15.
    /// </summary>
    /// <param name="ground">Field <c>ground</c>: why no penalty is imposed.</param>
    /// <param name="putRightOn">Field <c>put-right-on</c>.</param>
    public static Refusal? NoPenaltyGround(
        [FieldTypes(FieldType.Choice)] string ground,
        [FieldTypes(FieldType.Choice)] string? circumstance,
        DateOnly? putRightOn,
        OffenceDays offence,
        CaseLaw law
    )
    {
        if (ground is not (SlightPutRight or FirstSlightPutRight))
        {
            return null;
        }

        return ground == FirstSlightPutRight && law.Now.Stated(LawNames.PenaltyFirstSlight) is { IsNone: true } none
                ? PenaltyRefusals.NoSuchGround(ground, none, law.Day)
            : circumstance != Circumstances.Minor ? PenaltyRefusals.NotSlight(ground, circumstance)
            : putRightOn is not { } on ? PenaltyRefusals.NotPutRight(ground)
            : StatedDays.Outside("C4", "put-right-on", PutRightOn, on, offence.Began, law.Day);
    }

    private const string SlightPutRight = "slight-put-right";
    private const string FirstSlightPutRight = "first-slight-put-right";

    private static (FineBand? Band, string Basis) BandOf(ItemVersion item, string circumstance)
    {
        foreach (var band in item.Bands)
        {
            if (band.Circumstance == circumstance)
            {
                return (band, item.LegalBasis);
            }
        }

        return (null, item.LegalBasis);
    }

    /// <summary>Yuan with two decimals.</summary>
    internal static string Yuan(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
}
