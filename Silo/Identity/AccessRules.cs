using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Silo.Identity;

/// <summary>
/// Who may do what with a case: the one rule for the API and the pages. It says whether somebody may look and may try; whether an act is
/// done the case says. Pure: <see cref="CaseFiles"/> gathers what it reads, and is what endpoints and pages ask. Somebody without a right
/// is never told that there is such a case.
/// </summary>
internal static class AccessRules
{
    private const CaseRights OfParty =
            CaseRights.Line | CaseRights.Read | CaseRights.Act | CaseRights.Papers | CaseRights.Rate | CaseRights.Readers,
        OfOffice = CaseRights.Line | CaseRights.Read | CaseRights.Act,
        OfReader = CaseRights.Line | CaseRights.Read;

    /// <summary>What somebody has to do with a case.</summary>
    /// <param name="who">The account that asks.</param>
    /// <param name="speaker">From which office; null for parties and for those who only read.</param>
    /// <param name="case">The case as it stands.</param>
    /// <param name="plan">Of the case's town.</param>
    /// <param name="past">What the case's record tells of that office; null where it hasn't been asked.</param>
    public static CaseRelation RelationOf(Requester who, Speaker? speaker, CaseView @case, TownPlan plan, OfficePast? past)
    {
        if (who.Parties.Any(id => TextRules.SameId(id, @case.Party.Id)))
        {
            return CaseRelation.Party;
        }

        if (@case.Agent is { Length: > 0 } agent && who.Parties.Any(id => TextRules.SameId(id, agent)))
        {
            return CaseRelation.Agent;
        }

        return speaker is null || !IsAbove(speaker, plan) ? CaseRelation.None
            : HasIt(speaker, @case) ? CaseRelation.Office
            : past switch
            {
                { Opened: true } => CaseRelation.OpenedHere,
                { TookPart: true } => CaseRelation.HandedOver,
                { Guides: true } => CaseRelation.Guided,
                _ when speaker.Town is not null => CaseRelation.OwnTown,
                _ => CaseRelation.None,
            };
    }

    /// <summary>What somebody may do with a case that they have that to do with.</summary>
    /// <param name="speaker">From which office, with their roles of today.</param>
    public static CaseRights RightsOf(Requester who, Speaker? speaker, CaseRelation relation)
    {
        var rights = relation switch
        {
            CaseRelation.Party or CaseRelation.Agent => OfParty,
            CaseRelation.Office when IsSuperior(speaker) => OfOffice | CaseRights.HandOver | CaseRights.Readers,
            CaseRelation.Office or CaseRelation.OpenedHere => OfOffice,
            CaseRelation.HandedOver or CaseRelation.Guided or CaseRelation.Simulated => OfReader,
            CaseRelation.OwnTown when IsSuperior(speaker) => CaseRights.Line,
            _ => who.Kind switch
            {
                AccountKind.Auditor => OfReader | CaseRights.Readers,
                AccountKind.Leader => CaseRights.Line,
                _ => CaseRights.None,
            },
        };
        return WithinScopes(rights, who, relation is CaseRelation.Party or CaseRelation.Agent);
    }

    /// <summary>Whether somebody may read a file only when they say what for, which stands in the read log.</summary>
    public static bool NeedsReason(Requester who, CaseRelation relation) =>
        who.Kind == AccountKind.Auditor && relation is CaseRelation.None;

    /// <summary>Whether it is noted that somebody reads a file: everybody but the party itself, whose file it is. An agent is noted, and
    /// so is a program that reads in the party's name.</summary>
    public static bool IsNoted(Requester who, CaseRelation relation) =>
        // Nobody of a simulated world is real.
        relation is not CaseRelation.Simulated
        && (relation is not CaseRelation.Party || who.Kind is not AccountKind.Party || who.Scopes is not null);

    /// <summary>Heads an office or the town: sees the lines of the whole town.</summary>
    public static bool IsSuperior(Speaker? speaker) =>
        speaker is not null
        && (
            speaker.Roles.Contains(OfficeRules.Head)
            || speaker.Roles.Contains(OfficeRules.Deputy)
            || speaker.Roles.Contains(OfficeRules.Leader)
        );

    /// <summary>Whether an office is one of a town's, or one of the county's above it.</summary>
    private static bool IsAbove(Speaker speaker, TownPlan plan) =>
        speaker.Town is { } town ? town == plan.Code : speaker.County == plan.County.Code;

    private static bool HasIt(Speaker speaker, CaseView @case) =>
        @case.Workplace == $"{speaker.Town ?? speaker.County}/{speaker.Actor.Office}"
        || (speaker.Town is not null && @case.Officers.Contains(speaker.Actor.Id));

    // A key never may more than its account, and less where its scopes say so.
    private static CaseRights WithinScopes(CaseRights rights, Requester who, bool asParty)
    {
        if (!who.May(KeyScopes.Read))
        {
            rights &= CaseRights.Act | CaseRights.Papers | CaseRights.Rate;
        }

        return who.May(asParty ? KeyScopes.ApplyForParty : KeyScopes.ActForOffice)
            ? rights
            : rights & ~(CaseRights.Act | CaseRights.Papers | CaseRights.Rate | CaseRights.HandOver);
    }
}

/// <summary>What a case's record tells of an office that doesn't have it now.</summary>
/// <param name="Opened">It opened the case.</param>
/// <param name="TookPart">Somebody acted from it.</param>
/// <param name="Guides">The department guides the town in this item (A5).</param>
internal sealed record OfficePast(bool Opened, bool TookPart, bool Guides);
