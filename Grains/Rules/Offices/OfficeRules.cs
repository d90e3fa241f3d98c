using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Offices;

/// <summary>
/// Who may speak to an office of the town, and as whom (mechanisms.md, O): one rule for cases, staff, posts, assessments and filing. An
/// actor is a member of the town's staff in the office
/// that they hold on that day, a person of a county department, a party, or somebody who acts for a party.
/// </summary>
public static class OfficeRules
{
    /// <summary>Heads an organ, or stands in for its head.</summary>
    public const string Head = "head",
        Deputy = "deputy";

    /// <summary>Keeps posts, people and assessments.</summary>
    public const string Personnel = "personnel";

    /// <summary>Leads the town: member of its party committee.</summary>
    public const string Leader = "committee";

    /// <summary>Whether somebody is what they say: the office that they name is theirs on that day, and they are there. It says nothing
    /// about what they may do.</summary>
    /// <param name="staff">Their record, where the town has one; null for parties and people of the county.</param>
    /// <param name="at">The moment that counts; <paramref name="day"/> is its day.</param>
    public static Refusal? Standing(TownPlan plan, Actor actor, StaffFacts? staff, DateOnly day, DateTimeOffset at) =>
        actor.Office == Actor.Public ? null
        : staff is not null ? OfStaff(actor, staff, day, at)
        : IsOfCounty(plan, actor, day) ? null
        : OfficeRefusals.NobodyThere(actor, day);

    /// <summary>Staff in one of some roles.</summary>
    public static Refusal? InRole(
        TownPlan plan,
        Actor actor,
        StaffFacts? staff,
        DateOnly day,
        DateTimeOffset at,
        string act,
        params ReadOnlySpan<string> roles
    ) =>
        Standing(plan, actor, staff, day, at)
        ?? (
            actor.Office != Actor.Public && staff is not null && HasAny(staff, roles)
                ? null
                : NotInRole(actor, act, string.Join(" | ", roles.ToArray()))
        );

    /// <summary>The head of somebody's organ or who stands in for them; for heads and everybody else also a leader of the town. Nobody in a
    /// matter of their own.</summary>
    /// <param name="person">Whose matter it is.</param>
    public static Refusal? Over(
        TownPlan plan,
        Actor actor,
        StaffFacts? staff,
        DateOnly day,
        DateTimeOffset at,
        string act,
        StaffFacts person
    ) =>
        Standing(plan, actor, staff, day, at)
        ?? (
            staff is null || actor.Office == Actor.Public
                ? OfficeRefusals.WrongRole(actor, act, Superiors(person), SuperiorsOf(plan, person))
            : staff.Id == person.Id ? OfficeRefusals.Own(person.Id, act, Superiors(person), SuperiorsOf(plan, person))
            : IsOver(staff, person) ? null
            : OfficeRefusals.WrongRole(actor, act, Superiors(person), SuperiorsOf(plan, person))
        );

    /// <summary>Somebody of one county department.</summary>
    public static Refusal? OfDepartment(TownPlan plan, Actor actor, DateOnly day, string act, string department) =>
        actor.Office != department ? OfficeRefusals.WrongRole(actor, act, department, Named(plan, department))
        : IsOfCounty(plan, actor, day) ? null
        : OfficeRefusals.NobodyThere(actor, day);

    /// <summary>Whether somebody is known as a person of a county department, and holds that office on a day.</summary>
    public static bool IsOfCounty(TownPlan plan, Actor actor, DateOnly day)
    {
        foreach (var department in plan.County.Departments)
        {
            if (department.Code == actor.Office)
            {
                return department.IsInOffice(actor.Id, day);
            }
        }

        return false;
    }

    /// <summary>Whether somebody may decide in another's matters.</summary>
    public static bool IsOver(StaffFacts staff, StaffFacts person) =>
        staff.Id != person.Id
        && (staff.Roles.Contains(Leader) || (staff.Organ == person.Organ && (staff.Roles.Contains(Head) || staff.Roles.Contains(Deputy))));

    /// <summary>Why somebody holds no office at a moment: they hadn't begun, or their post was freed. Null when they hold it.</summary>
    public static Refusal? OutOfOffice(StaffFacts staff, DateOnly day, DateTimeOffset at)
    {
        if (day < staff.Since)
        {
            return OfficeRefusals.NotYet(staff.Id, staff.Since, day);
        }

        foreach (var time in staff.OutOfOffice ?? [])
        {
            if (time.From <= at && (time.Until is not { } back || at < back))
            {
                return OfficeRefusals.NoLonger(staff.Id, time, at);
            }
        }

        return null;
    }

    /// <summary>E5: whoever is away does nothing.</summary>
    public static Refusal? Away(StaffFacts person, DateOnly day)
    {
        foreach (var absence in person.Absences)
        {
            if (absence.From <= day && day <= absence.Until)
            {
                return OfficeRefusals.Absent(person, absence, day);
            }
        }

        return null;
    }

    private static Refusal? OfStaff(Actor actor, StaffFacts staff, DateOnly day, DateTimeOffset at) =>
        actor.Office != staff.Organ ? OfficeRefusals.NotTheirs(actor, staff.Organ) : OutOfOffice(staff, day, at) ?? Away(staff, day);

    private static Refusal NotInRole(Actor actor, string act, string roles) =>
        OfficeRefusals.WrongRole(actor, act, roles, RoleWords.Of(roles));

    private static string Superiors(StaffFacts person) => $"{person.Organ}: {Head} | {Deputy} | {Leader}";

    private static Words SuperiorsOf(TownPlan plan, StaffFacts person)
    {
        var (organ, own, leader) = (Named(plan, person.Organ), RoleWords.Of($"{Head} | {Deputy}"), RoleWords.Of(Leader));
        return new($"{organ.Zh}的{own.Zh}，或者{leader.Zh}", $"of {organ.En}: {own.En}, or {leader.En}");
    }

    // An organ of the town or a department above it by its name, with its code behind it.
    private static Words Named(TownPlan plan, string office) =>
        plan.OfficeName(office) is { } name ? new($"{name.Zh}（{office}）", $"{name.En} ({office})") : new(office, office);

    private static bool HasAny(StaffFacts staff, ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
        {
            if (staff.Roles.Contains(role))
            {
                return true;
            }
        }

        return false;
    }
}
