using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;

namespace TownReform.Grains.Neighbours;

/// <summary>
/// What a grain asks of other grains or hands to them: facts, work, certificate numbers, case numbers and openings. A neighbour whose one
/// activation lives on this silo answers without a call, which would cost both grains a turn; any other is called, wherever it is.
/// One for each world of a silo.
/// </summary>
public sealed class GrainNeighbours(string world, IGrainFactory grains)
{
    private readonly SiloLocalFacts facts = new();
    private readonly SiloLocal<NumberBlock> numbers = new();

    /// <summary>Work queues of this silo, by workplace.</summary>
    internal SiloLocal<ILocalWorkQueue> Queues { get; } = new();

    /// <summary>Seals of this silo, by town.</summary>
    internal SiloLocal<ILocalSeal> Seals { get; } = new();

    /// <summary>Openings that this silo's intake has decided and whose cases are about to record them, by case number.</summary>
    internal SiloLocal<DecidedOpening> Openings { get; } = new();

    /// <summary>Lets neighbours read what a grain has on record; to be repeated after each record.</summary>
    /// <param name="key">Key of the grain, without the world.</param>
    /// <param name="committed">Immutable; found again by its own type.</param>
    public void Publish(string key, object committed) => facts.Put(key, committed);

    /// <summary>The grain leaves this silo, or no longer knows what is on record.</summary>
    public void Unpublish(string key, Type type) => facts.Remove(key, type);

    /// <summary>Somebody's record at a town, or that the town has none.</summary>
    public ValueTask<Outcome<StaffFacts>> PersonAsync(string town, string person) =>
        facts.TryRead<StaffFacts>($"{town}/{person}", out var known)
            ? ValueTask.FromResult<Outcome<StaffFacts>>(known)
            : new(grains.Grain<IStaffGrain>(Address.Staff(world, town, person)).ReadAsync());

    /// <summary>How the town stands to an item on a day; not held when it has no such item.</summary>
    public ValueTask<PowerHolding> HoldingAsync(string town, string item, DateOnly day) =>
        facts.TryRead<CatalogueState>(town, out var catalogue)
            ? ValueTask.FromResult(CatalogueRules.Holding(catalogue, item, day))
            : AskHoldingAsync(town, item, day);

    /// <summary>Whether the receiver of a message would refuse it. Changes nothing.</summary>
    public Task<Refusal?> WouldRefuseAsync(Message message) =>
        grains
            .GetGrain(GrainId.Create(message.To.Type, $"{world}/{message.To.Key}"))
            .AsReference<IEffectForeseer>()
            .WouldRefuseAsync(message.Effect);

    /// <summary>Has a workplace take in a case's next step and pick its officers.</summary>
    /// <param name="plan">The town's plan, which tells its own workplaces from the county's.</param>
    /// <param name="workplace">Key without the world.</param>
    public ValueTask<Assignment> EnqueueAsync(TownPlan plan, string workplace, WorkItem item) =>
        Queues.TryFind(workplace, out var queue) && queue.TryEnqueue(item, out var taken)
            ? ValueTask.FromResult(taken)
            : new(Workplace(plan, workplace).EnqueueAsync(item));

    /// <summary>Has a workplace let a step go that the case has left.</summary>
    public ValueTask ReleaseAsync(TownPlan plan, string workplace, string caseNumber, long version) =>
        Queues.TryFind(workplace, out var queue) && queue.TryRelease(caseNumber, version)
            ? ValueTask.CompletedTask
            : new(Workplace(plan, workplace).ReleaseAsync(caseNumber, version));

    /// <summary>The next case number of a town: from the block that this silo has, else from a new block of the town's.</summary>
    /// <param name="at">When it is asked for; the moment of the town's record.</param>
    internal ValueTask<Outcome<string>> NextCaseNumberAsync(string town, DateTimeOffset at) =>
        numbers
            .GetOrAdd(town, static (_, isLive) => new NumberBlock(isLive), world == Address.Live)
            .TakeAsync(count => grains.Grain<ITownInside>(Address.Town(world, town)).ReserveCaseNumbersAsync(count, at));

    private async ValueTask<PowerHolding> AskHoldingAsync(string town, string item, DateOnly day) =>
        (await grains.Grain<ICatalogueGrain>(Address.Town(world, town)).HoldingAsync(item, day)).Value
        ?? new PowerHolding(item, 0, PowerStanding.NotHeld, null, null);

    private IWorkplaceInside Workplace(TownPlan plan, string key) =>
        plan.IsOwn(key) ? grains.Grain<IBureauInside>($"{world}/{key}") : grains.Grain<ICountyOfficeInside>($"{world}/{key}");
}
