using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Who may do an act: of the right office and role, present that day, certified, and not who did what must be kept
/// apart.</summary>
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

    private const string OfItem = "item";

    /// <summary>The certificate without which nobody enforces (C2).</summary>
    public const string EnforcementCertificate = "enforcement";

    /// <summary>As whom an actor speaks to a town: by the office that they name.</summary>
    public static ActorStanding StandingOf(TownPlan plan, Actor actor)
    {
        if (actor.Office == Actor.Public || actor.Office == Actor.System.Office)
        {
            return actor.Office == Actor.Public && LooksLikeStaff(plan, actor.Id) ? ActorStanding.Claimed : ActorStanding.Outside;
        }

        // The town and the county may both have an office of that code (finance): then the person's id tells.
        return !IsOffice(plan, actor.Office) ? ActorStanding.Staff
            : HasOrgan(plan, actor.Office) ? ActorStanding.Either
            : ActorStanding.Outside;
    }

    /// <summary>Whether somebody of that standing acts as one of the town's people where the town has them on record. One who says to be of
    /// the public does not, whoever they are besides.</summary>
    public static bool IsStaff(ActorStanding standing) => standing is ActorStanding.Staff or ActorStanding.Either;

    /// <summary>Whether only the system does an act: nothing to propose to anybody.</summary>
    public static bool IsOfSystem(ActRule act) => act.By is [BySystem];

    // Letters of the town and a hyphen, as all its staff ids begin.
    private static bool LooksLikeStaff(TownPlan plan, string id) =>
        id.Length > plan.Prefix.Length && id[plan.Prefix.Length] == '-' && id.StartsWith(plan.Prefix, StringComparison.OrdinalIgnoreCase);

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
                return CaseRefusals.NotAssigned(actor, step, check.File.Officers);
            }
        }
        else if (act.By.IsEmpty ? !IsBy(check, step.Role) : !MayAct(check, act.By))
        {
            var by = act.By.IsEmpty ? [step.Role] : act.By;
            return actor.Office == Actor.Public && by.Contains(ByPublic)
                ? CaseRefusals.NotTheParty(actor, check.File, string.Join(" | ", by))
                : CaseRefusals.WrongActor(actor, step, Wanted(check, by));
        }

        if (check.Facts.Actor is not { } staff)
        {
            return null;
        }

        return Fit(check, staff) ?? Together(check, staff, step.Hands.On(check.Facts.Law.On(check.Facts.Day)));
    }

    /// <summary>C2: as many officers as the law of the day asks for, all present and with a certificate valid on the day; whoever is named
    /// besides is held to the same.</summary>
    private static Refusal? Together(in ActCheck check, StaffFacts lead, int hands)
    {
        var second = check.Facts.With is { } with && with.Id != lead.Id ? with : null;
        if (hands > (second is null ? 1 : 2))
        {
            var article = CaseRefusals.Article(check.Step!.Hands.FigureOn(check.Facts.Law.On(check.Facts.Day)));
            var named = second is null ? lead.Id : $"{lead.Id}, {second.Id}";
            return CaseRefusals.No(
                RefusalCode.OfficersNotTwo,
                "C2",
                $"应由 {hands} 名以上具有资格的人员进行（{article.Value}）；请在 with 栏写明另一名人员（现为 {named}）。",
                $"It takes {hands} qualified officers ({article.Value}); name the other in field 'with' (named so far: {named}).",
                new Fact("officer", lead.Id),
                article
            );
        }

        return second is null ? null
            : check.Step!.Role == ByStaff || second.Roles.Contains(check.Step.Role)
                ? OfficeRules.OutOfOffice(second, check.Facts.Day, check.Stamp.At) ?? Fit(check, second)
            : CaseRefusals.WrongActor(new Actor(second.Id, second.Organ), check.Step, check.Step.Role);
    }

    private static Refusal? Fit(in ActCheck check, StaffFacts person)
    {
        var day = check.Facts.Day;
        if (OfficeRules.Away(person, day) is { } away)
        {
            return away;
        }

        foreach (var needed in CertificatesOf(check.Step!, check.Facts.Item))
        {
            if (!StaffRules.Holds(person, needed, day))
            {
                return NotCertified(person, needed, day);
            }
        }

        foreach (var apart in check.Step!.SeparateFrom)
        {
            if (check.File.HasDone(apart, person.Id))
            {
                return CaseRefusals.SamePerson(person.Id, apart, check.Step, check.Facts.Procedure);
            }
        }

        return null;
    }

    private static Refusal NotCertified(StaffFacts person, string certificate, DateOnly day) =>
        CaseRefusals.No(
            RefusalCode.OfficerNotCertified,
            "C2",
            $"{person.Id} 于 {day:O} 没有有效的“{TermWords.Certificate(certificate).Zh}”资格证（{certificate}），不能办理。",
            $"{person.Id} holds no '{certificate}' certificate valid on {day:O}.",
            new Fact("staff", person.Id),
            new Fact("certificate", certificate),
            new Fact("day", $"{day:O}")
        );

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
                && IsOffice(check.Facts.Plan, actor.Office)
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

    private static bool IsOffice(TownPlan plan, string office)
    {
        foreach (var department in plan.CountyDepartments)
        {
            if (department.Code == office)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOrgan(TownPlan plan, string code)
    {
        foreach (var organ in plan.Organs)
        {
            if (organ.Code == code)
            {
                return true;
            }
        }

        return false;
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
                    : CaseRefusals.WrongActor(check.Stamp.Actor, procedure.Steps[procedure.Start], Wanted(check, procedure.OpenedBy))
            );
    }

    // The system's own acts come from inside: nothing else gets here under its name.
    private static Refusal? Standing(in ActCheck check) =>
        check.Stamp.Actor.Office == Actor.System.Office
            ? null
            : OfficeRules.Standing(check.Facts.Plan, check.Stamp.Actor, check.Facts.Actor, check.Facts.Day, check.Stamp.At);

    private static string Wanted(in ActCheck check, ImmutableArray<string> by) =>
        string.Join(" | ", by) + (by.Contains(ByCounty) && Requester(check) is { } office ? $" ({office})" : "");

    /// <summary>Certificates that each officer of a step needs; <c>item</c> stands for those that the catalogue item names.</summary>
    public static ImmutableArray<string> CertificatesOf(StepRule step, PowerItem? item) =>
        !step.Certificates.Contains(OfItem)
            ? step.Certificates
            :
            [
                .. step
                    .Certificates.Where(c => c != OfItem)
                    .Concat(item is null ? [] : item.Certificates.Select(need => need.Certificate))
                    .Distinct(),
            ];
}

/// <summary>Whether somebody acts as one of the town's people.</summary>
public enum ActorStanding
{
    /// <summary>A citizen, a county department or the system.</summary>
    Outside = 1,

    /// <summary>Somebody of the town; their record tells who.</summary>
    Staff = 2,

    /// <summary>Says to be of the public under an id that looks like staff's: when nobody has that id it is a slip, and not the
    /// public.</summary>
    Claimed = 4,

    /// <summary>Of an office that both the town and the county have: of the town when the town knows the person.</summary>
    Either = 3,
}
