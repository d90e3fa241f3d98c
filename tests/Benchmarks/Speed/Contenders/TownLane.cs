using TownReform.Grains.Seeds;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Permits of one town, each taken by the officers of the roles that its procedure asks for.</summary>
/// <param name="item">Code of the permit; null for the town's first.</param>
internal sealed class TownLane(IGrainFactory grains, TownPlan plan, string? item = null) : ILane
{
    private static readonly Actor Citizen = new("P1", Actor.Public);

    /// <summary>Between two commands, 10 µs.</summary>
    private const long TicksApart = 100;

    private static long commands;

    private readonly Actor window = Officer(plan, "window");
    private readonly Actor reviewer = Officer(plan, "reviewer");
    private readonly Actor decider = Officer(plan, "decider");
    private readonly string item = item ?? Permits(plan).First();
    private ICaseGrain? permit;
    private CaseView? decided;

    /// <summary>When the first command comes.</summary>
    public static DateTimeOffset Morning { get; } = new(2020, 5, 11, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Has the commands that follow come after a store that was filled: what is new comes after what is old, as at a town's clients.</summary>
    /// <param name="later">How far the store's moments lie behind those of the commands so far.</param>
    public static void Skip(TimeSpan later) => Interlocked.Add(ref commands, (later.Ticks / TicksApart) + 1);

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
            for (var view = decided!; view.Certificate is null;)
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
            var opening = new OpenCase(Stamp(Citizen), plan.Code, "permit", item, new Party("P1", "某单位", true), false, []);
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

    // Moments rise as a clock's do: by them offices know new commands from those that they have forgotten.
    private static Stamp Stamp(Actor actor)
    {
        var n = Interlocked.Increment(ref commands);
        return new(new Guid(0, 0, 0, BitConverter.GetBytes(n)), actor, Morning.AddTicks(n * TicksApart));
    }

    private static Actor Officer(TownPlan plan, string role)
    {
        var office = plan.OrganFor("service").Code;
        var person = plan.Staff.First(s => s.Organ == office && s.Roles.Contains(role));
        return new Actor(person.Id, person.Organ);
    }
}
