using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Who may do an act: the party, the system, an office of the county, or whoever has the right office and role; these must also
/// be fit for it (<see cref="OfficerRules"/>).</summary>
[Clause("C5", "E5")]
public static class ActorRules
{
    public const string ByPublic = "public";
    public const string BySystem = "system";
    public const string ByCounty = "county";

    /// <summary>Anybody of the town's staff.</summary>
    public const string ByStaff = "staff";

    /// <summary>The role that handles money; never the hands that decided about it (C5).</summary>
    public const string Collector = "collector";

    /// <summary>Field that names who acts together with the actor.</summary>
    public const string With = "with";

    /// <summary>Whether only the system does an act: nothing to propose to anybody.</summary>
    public static bool IsOfSystem(ActRule act) => act.By is [BySystem];

    public static Refusal? Check(in ActCheck check)
    {
        var (step, act) = (check.Step!, check.Act!);
        var actor = check.Stamp.Actor;
        if ((Standing(check) ?? AgentRules.Check(check)) is { } nobody)
        {
            return nobody;
        }

        if (act.By.IsEmpty && step.At.IsOfPerson(check.Facts.Procedure) && !check.File.Officers.IsEmpty)
        {
            if (check.Facts.Actor is not { } assigned || !check.File.Officers.Contains(assigned.Id))
            {
                return ActorRefusals.NotAssigned(actor, step, check.File.Officers);
            }
        }
        else if (act.By.IsEmpty ? !IsBy(check, step.Role) : !MayAct(check, act.By))
        {
            var by = act.By.IsEmpty ? [step.Role] : act.By;
            return actor.Office == Actor.Public && by.Contains(ByPublic)
                ? ActorRefusals.NotTheParty(actor, check.File, string.Join(" | ", by))
                : ActorRefusals.WrongActor(actor, step, Wanted(check, by));
        }

        if (check.Facts.Actor is not { } staff)
        {
            return null;
        }

        return OfficerRules.Check(check, staff);
    }

    private static bool MayAct(in ActCheck check, ImmutableArray<string> by)
    {
        foreach (var who in by)
        {
            if (IsBy(check, who))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBy(in ActCheck check, string who)
    {
        var (actor, file) = (check.Stamp.Actor, check.File);
        return who switch
        {
            ByPublic => actor.Office == Actor.Public
                && (!file.IsOpened || TextRules.SameId(actor.Id, file.Party.Id) || TextRules.SameId(actor.For, file.Party.Id)),
            BySystem => actor.Office == Actor.System.Office,
            ByCounty => check.Facts.Actor is null
                && ActorStandings.IsDepartment(check.Facts.Plan, actor.Office)
                && (
                    IsNamed(check, who)
                        ? (Requester(check) ?? actor.Office) == actor.Office
                        : check.Facts.Plan.OfficeAt(actor.Office) == file.Workplace
                ),
            _ => check.Facts.Actor is { } staff
                && (who == ByStaff || staff.Roles.Contains(who))
                && (check.Step is null || check.Facts.Plan.WorkplaceAt(staff.Organ) == file.Workplace),
        };
    }

    // An office of the county acts for itself only. Null where any may.
    private static string? Requester(in ActCheck check) => check.Facts.Procedure.Declared.Requester?.Of(check);

    // An act that names the county is the requester's; a step of the county's only the one's that has the case.
    private static bool IsNamed(in ActCheck check, string who) =>
        check.Step is not { } step || step.Role != who || check.Act!.By.Contains(who);

    /// <summary>Who may open a case of a procedure, and is there to do it (E5).</summary>
    public static Refusal? CheckOpening(in ActCheck check)
    {
        var procedure = check.Facts.Procedure;
        return Standing(check)
            ?? (
                MayAct(check, procedure.OpenedBy)
                    ? null
                    : ActorRefusals.WrongActor(check.Stamp.Actor, procedure.Steps[procedure.Start], Wanted(check, procedure.OpenedBy))
            );
    }

    // The system's own acts come from inside: nothing else gets here under its name.
    private static Refusal? Standing(in ActCheck check) =>
        check.Stamp.Actor.Office == Actor.System.Office
            ? null
            : OfficeRules.Standing(check.Facts.Plan, check.Stamp.Actor, check.Facts.Actor, check.Facts.Day, check.Stamp.At);

    private static string Wanted(in ActCheck check, ImmutableArray<string> by) =>
        string.Join(" | ", by) + (by.Contains(ByCounty) && Requester(check) is { } office ? $" ({office})" : "");
}
