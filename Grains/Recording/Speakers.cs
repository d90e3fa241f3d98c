using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Recording;

/// <summary>Asks who speaks to an office of a town (<see cref="OfficeRules"/>): the facts come from the people's own records.</summary>
internal readonly struct Speakers(TownPlan plan, GrainNeighbours neighbours)
{
    /// <summary>Staff in one of some roles.</summary>
    public async ValueTask<Refusal?> InRoleAsync(Stamp stamp, string act, params string[] roles)
    {
        var day = plan.DayOf(stamp.At);
        return (await StaffAsync(stamp.Actor)).IsUnknown(out var staff, out var refusal)
            ? refusal
            : OfficeRules.InRole(plan, stamp.Actor, staff, day, stamp.At, act, roles);
    }

    /// <summary>Who decides in somebody's matters.</summary>
    public async ValueTask<Refusal?> OverAsync(Stamp stamp, string act, StaffFacts person)
    {
        var day = plan.DayOf(stamp.At);
        return (await StaffAsync(stamp.Actor)).IsUnknown(out var staff, out var refusal)
            ? refusal
            : OfficeRules.Over(plan: plan, actor: stamp.Actor, staff: staff, day: day, at: stamp.At, act: act, person: person);
    }

    /// <summary>Somebody's record; null when the town has none.</summary>
    public async ValueTask<StaffFacts?> PersonAsync(string id) => (await neighbours.PersonAsync(plan.Code, id)).Value;

    private async ValueTask<Asked> StaffAsync(Actor actor)
    {
        var standing = ActorStandings.Of(plan, actor);
        if (!ActorStandings.IsStaff(standing))
        {
            return new(null, null);
        }

        var staff = await PersonAsync(actor.Id);
        return new(staff, staff is null && standing == ActorStanding.Staff ? Rules.Staff.StaffRefusals.Unknown(actor.Id) : null);
    }

    private readonly record struct Asked(StaffFacts? Staff, Refusal? Unknown)
    {
        public bool IsUnknown(out StaffFacts? staff, out Refusal? refusal)
        {
            (staff, refusal) = (Staff, Unknown);
            return refusal is not null;
        }
    }
}
