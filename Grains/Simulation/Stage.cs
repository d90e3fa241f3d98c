using System.Buffers.Binary;
using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>What everybody in a replication shares: the world, its clock, its people, its trace. Commands go to the real grains; what
/// leaves them is delivered before time goes on.</summary>
internal sealed class Stage(
    string world,
    IGrainFactory grains,
    SeedLibrary seeds,
    Scenario scenario,
    RandomStream random,
    IReplicationSink sink,
    WorldStorage storage
)
{
    private readonly SortedDictionary<string, SimulatedOffice> offices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedOffice> officeByKey = new(StringComparer.Ordinal);
    private long commands;

    public string World { get; } = world;

    public IGrainFactory Grains { get; } = grains;

    public SeedLibrary Seeds { get; } = seeds;

    public Scenario Scenario { get; } = scenario;

    public RandomStream Random { get; } = random;

    public IReplicationSink Sink { get; } = sink;

    public WorldStorage Storage { get; } = storage;

    public VirtualClock Clock { get; } = new(seeds.Towns[scenario.Towns[0].Town].TimeZone);

    public ImmutableArray<TownPlan> Towns { get; } = [.. scenario.Towns.Select(t => seeds.Towns[t.Town])];

    /// <summary>Open cases by number.</summary>
    public Dictionary<string, SimulatedCase> Cases { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<SimulatedOffice> Offices => offices.Values;

    public long Commands => commands;

    public long Refusals { get; private set; }

    public long Opened { get; set; }

    public long Ended { get; set; }

    public SimulatedOffice Office(string key) => officeByKey[key];

    public void Add(SimulatedOffice office)
    {
        if (offices.TryAdd(office.Key, office))
        {
            officeByKey.Add(office.Key, office);
        }
    }

    public IWorkplaceInside Workplace(TownPlan plan, string key) =>
        plan.IsOwn(key) ? Grains.Grain<IBureauInside>($"{World}/{key}") : Grains.Grain<ICountyOfficeInside>($"{World}/{key}");

    /// <summary>
    /// Somebody who acts for a department above a town today. Where nobody is in office there it is the first of its people nevertheless:
    /// the grains refuse that, and the run tells the refusal.
    /// </summary>
    public Actor SpeakerOf(TownPlan plan, string department)
    {
        var people =
            plan.County.Department(department)
            ?? throw new System.Diagnostics.UnreachableException($"{plan.County.Code} has no {department}.");
        return new((people.FirstInOffice(Clock.Today) ?? people.People[0]).Id, department);
    }

    /// <summary>Ids count up, so that the same run sends the same commands.</summary>
    public Stamp Stamp(Actor actor)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id[8..], ++commands);
        return new Stamp(new Guid(id, bigEndian: true), actor, Clock.At);
    }

    /// <summary>A grain's key within its world.</summary>
    public static string WithoutWorld(string key) => key[(key.IndexOf('/') + 1)..];

    /// <summary>Delivers what has left the grains.</summary>
    public ValueTask<IReadOnlyList<Delivery>> DrainAsync() => Storage.Outbox.DrainAsync();

    public void Tell(SimulatedCase @case, string activity, string? workplace, IReadOnlyList<string> officers, ActorKind by)
    {
        var isOpening = activity == ReplicationTally.OpenActivity;
        var worked = by == ActorKind.Officer && workplace is not null && !isOpening && @case.WorkBegan is not null;
        Sink.Happened(
            new TraceEvent(
                Town: @case.Plan.Code,
                Case: @case.Number,
                Procedure: @case.Procedure.Code,
                Item: @case.View?.Subject ?? @case.Item?.Code ?? "",
                Activity: activity,
                At: Clock.At,
                Workplace: workplace,
                Officers: officers,
                By: by,
                Enabled: isOpening ? null : @case.Enabled,
                Start: worked ? @case.WorkBegan : null,
                Minutes: worked ? @case.WorkAsked : null
            )
        );
    }

    public void Refused(string town, string? caseNumber, string procedure, string act, Refusal refusal)
    {
        Refusals++;
        Sink.Refused(new RefusalRecord(town, caseNumber, procedure, act, Clock.At, refusal));
    }
}
