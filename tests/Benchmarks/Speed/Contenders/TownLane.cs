using TownReform.Grains.Rules.Plans;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Permits of one town, each taken by the officers of the roles that its procedure asks for.</summary>
/// <param name="item">Code of the permit; null for the town's first.</param>
internal sealed class TownLane(IGrainFactory grains, TownPlan plan, string? item = null) : ILane
{
    private static readonly Actor Citizen = new("P1", Actor.Public);

    private static long commands;

    private readonly Actor window = Officer(plan, "window");
    private readonly Actor reviewer = Officer(plan, "reviewer");
    private readonly Actor decider = Officer(plan, "decider");
    private readonly string item = item ?? Permits(plan).First();
    private ICaseGrain? permit;
    private CaseView? decided;

    /// <summary>The moment by the machine's clock, as a town's clients stamp: a silo refuses what is far from its own.</summary>
    public static DateTimeOffset Now => TimeProvider.System.GetLocalNow();

    /// <summary>The present case.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Codes of the permits that the town decides, in order.</summary>
    public static IEnumerable<string> Permits(TownPlan plan) =>
        plan.Items.Values.Where(i => i is { Kind: "permit", Retained: false }).Select(i => i.Code).Order(StringComparer.Ordinal);

    public async ValueTask BeforeAsync(Step step)
    {
        if (step == Step.Seal)
        {
            // The seal numbers the certificate through the outbox; nobody hands it out before.
            for (var view = decided!; view.Certificate is null; )
            {
                view = (await permit!.WatchAsync(view.Version, TimeSpan.FromSeconds(5))).Value!;
            }
        }
    }

    /// <remarks>Told that the town is busy, it sends the same command again when the town said, as clients do. The wait counts.</remarks>
    public async Task StepAsync(Step step)
    {
        var send = Command(step);
        while ((await send()).IsRefused(out var refusal, out decided))
        {
            if (refusal.Code != RefusalCode.Busy)
            {
                throw new InvalidOperationException(refusal.Because.En);
            }

            await Task.Delay(Busy.WaitOf(refusal));
        }

        if (step == Step.Open)
        {
            Number = decided.Number;
            permit = grains.Grain<ICaseGrain>(Address.Case(Address.Live, Number));
        }
    }

    private Func<Task<Outcome<CaseView>>> Command(Step step)
    {
        if (step == Step.Open)
        {
            var opening = new OpenCase(
                Stamp: Stamp(Citizen),
                Town: plan.Code,
                Procedure: "permit",
                Subject: item,
                Party: new Party("P1", "某单位", true),
                Green: false,
                Fields: []
            );
            return () => grains.OpenCaseAsync(opening);
        }

        var act = step switch
        {
            Step.Accept => Act(window, "accept"),
            Step.Review => Act(reviewer, "recommend", new Field("recommendation", "grant")),
            Step.Decide => Act(decider, "grant"),
            _ => Act(window, "deliver"),
        };
        return () => permit!.ActAsync(act);
    }

    private static ActOnCase Act(Actor actor, string act, params Field[] fields) => new(Stamp(actor), act, [.. fields]);

    private static Stamp Stamp(Actor actor) =>
        new(new Guid(0, 0, 0, BitConverter.GetBytes(Interlocked.Increment(ref commands))), actor, Now);

    private static Actor Officer(TownPlan plan, string role)
    {
        var office = plan.OrganFor("service").Code;
        var person = plan.Staff.First(s => s.Organ == office && s.Roles.Contains(role));
        return new Actor(person.Id, person.Organ);
    }
}
