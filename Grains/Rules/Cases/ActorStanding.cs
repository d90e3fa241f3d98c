using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

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

/// <summary>As whom actors speak to a town.</summary>
public static class ActorStandings
{
    /// <summary>By the office that they name.</summary>
    public static ActorStanding Of(TownPlan plan, Actor actor)
    {
        if (actor.Office == Actor.Public || actor.Office == Actor.System.Office)
        {
            return actor.Office == Actor.Public && LooksLikeStaff(plan, actor.Id) ? ActorStanding.Claimed : ActorStanding.Outside;
        }

        // The town and the county may both have an office of that code (finance): then the person's id tells.
        return !IsDepartment(plan, actor.Office) ? ActorStanding.Staff
            : HasOrgan(plan, actor.Office) ? ActorStanding.Either
            : ActorStanding.Outside;
    }

    /// <summary>Whether somebody of that standing acts as one of the town's people where the town has them on record. One who says to be of
    /// the public does not, whoever they are besides.</summary>
    public static bool IsStaff(ActorStanding standing) => standing is ActorStanding.Staff or ActorStanding.Either;

    /// <summary>Whether an office is a department above the town.</summary>
    internal static bool IsDepartment(TownPlan plan, string office)
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

    // Letters of the town and a hyphen, as all its staff ids begin.
    private static bool LooksLikeStaff(TownPlan plan, string id) =>
        id.Length > plan.Prefix.Length && id[plan.Prefix.Length] == '-' && id.StartsWith(plan.Prefix, StringComparison.OrdinalIgnoreCase);
}
