using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <summary>Founds the offices that a town's plan names. Each step carries an id derived from the founding, so all may be repeated after a
/// crash.</summary>
internal sealed class TownOffices(IGrainFactory grains, string world, TownPlan plan, TownFounded founding)
{
    /// <summary>Founds what is not yet founded.</summary>
    /// <returns>The first refusal, in the plan's order; null when the town stands.</returns>
    public async Task<Refusal?> FoundAsync()
    {
        var catalogue = grains.Grain<ICatalogueInside>(Address.Town(world, plan.Code));
        if ((await catalogue.FoundAsync(new(Step(0), founding.FoundedOn, founding.Without))).IsRefused(out var refusal, out _))
        {
            return refusal;
        }

        // One after the other: what leaves a simulated world's outbox must be in the same order on any number of cores.
        var step = 0;
        foreach (var settler in TownRules.Settlers(plan))
        {
            if (await SettleAsync(settler, (step += 2) - 1) is { } refused)
            {
                return refused;
            }
        }

        foreach (var bureau in TownRules.Bureaus(plan))
        {
            await grains.Grain<IBureauInside>(Address.Bureau(world, plan.Code, bureau.Code)).StaffUpAsync(Step(++step), bureau.People);
        }

        foreach (var office in TownRules.CountyOffices(plan))
        {
            await grains
                .Grain<ICountyOfficeInside>(Address.CountyOffice(world, plan.County.Code, office.Code))
                .StaffUpAsync(Step(++step), office.People);
        }

        return null;
    }

    // A post first, then the person: nobody is taken on beyond the approved number (D2).
    private async Task<Refusal?> SettleAsync(Settler settler, int post)
    {
        var person = settler.Person;
        if (settler.HoldsPost)
        {
            var posts = grains.Grain<IEstablishmentInside>(Address.Town(world, plan.Code));
            if ((await posts.AppointAsync(new(Step(post), person.Id, person.Class))).IsRefused(out var noPost, out _))
            {
                return noPost;
            }
        }

        var staff = grains.Grain<IStaffInside>(Address.Staff(world, plan.Code, person.Id));
        return (await staff.HireAsync(new(Step(post + 1), person))).Refusal;
    }

    private Stamp Step(int ordinal) => founding.Founder with { CommandId = DerivedIds.Of(founding.Founder.CommandId, ordinal) };
}
