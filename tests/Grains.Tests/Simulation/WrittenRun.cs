using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Silo.Hosting;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>A run on an embedded silo whose replications are written down as text, line by line, and checked for conservation.</summary>
internal sealed class WrittenRun : IRunRecording
{
    private readonly ConcurrentDictionary<int, Told> replications = new();

    public IReadOnlyList<ReplicationResult> Results { get; private set; } = [];

    /// <summary>What a replication told, in its order.</summary>
    public Told this[int replication] => replications[replication];

    public int Begun => replications.Count;

    public static Task<WrittenRun> OfAsync(string scenario, long seed = 1, int replications = 1, int parallel = 1, params Field[] routes) =>
        OfAsync(
            new SimulationOrder(
                Scenario: scenario,
                Seed: seed,
                Replications: replications,
                Routes: [.. routes],
                DemandScale: null,
                Pace: null,
                Parallel: parallel
            ),
            TestContext.Current.CancellationToken
        );

    public static async Task<WrittenRun> OfAsync(SimulationOrder order, CancellationToken cancellation, SeedLibrary? seeds = null)
    {
        var run = new WrittenRun();
        await run.GoAsync(order, cancellation, seeds);
        return run;
    }

    public async Task GoAsync(
        SimulationOrder order,
        CancellationToken cancellation,
        SeedLibrary? seeds = null,
        Action<IServiceCollection>? configure = null
    )
    {
        await using var silo = await EmbeddedSilo.StartAsync(
            seeds ?? ScenarioCopy.Seeds,
            services =>
            {
                services.AddSingleton<IRunRecording>(this);
                configure?.Invoke(services);
            },
            cancellation
        );
        Results = await silo.Grains.GetGrain<ISimulationGrain>("run").RunAsync(order, cancellation);
    }

    public IReplicationRecording Open(string run, int replication, Scenario scenario) =>
        replications[replication] = new Told(replication, scenario);

    /// <summary>One replication's trace.</summary>
    internal sealed class Told(int replication, Scenario scenario) : IReplicationRecording
    {
        private readonly ReplicationTally tally = new(
            replication,
            new RunFrame(scenario.From, scenario.Until, ScenarioCopy.Seeds.Towns[scenario.Towns[0].Town].TimeZone),
            RunDirectory.From(ScenarioCopy.Seeds)
        );

        public List<string> Lines { get; } = [];

        public List<TraceEvent> Events { get; } = [];

        public List<CaseRecord> Cases { get; } = [];

        public List<WorkRecord> Work { get; } = [];

        public List<WorkplaceDay> Days { get; } = [];

        public List<RefusalRecord> Refusals { get; } = [];

        public List<RequestRecord> Secondments { get; } = [];

        public List<AssessmentView> Assessments { get; } = [];

        public ReplicationCounts Counts { get; private set; } = null!;

        public ImmutableArray<Breach> Breaches { get; private set; }

        public void Happened(in TraceEvent happened)
        {
            Events.Add(happened);
            Lines.Add($"{happened with { Officers = [] }} {string.Join(',', happened.Officers)}");
            tally.Happened(happened);
        }

        public void Finished(CaseRecord record)
        {
            Cases.Add(record);
            Lines.Add($"{record}");
            tally.Finished(record);
        }

        public void Refused(in RefusalRecord refused)
        {
            Refusals.Add(refused);
            Lines.Add($"{refused with { Refusal = null! }} {refused.Refusal.Code} {refused.Refusal.Because.En}");
            tally.Refused(refused);
        }

        public void Worked(in WorkRecord worked)
        {
            Work.Add(worked);
            Lines.Add($"{worked with { Minutes = 0 }} {worked.Minutes.ToString("R", CultureInfo.InvariantCulture)}");
            tally.Worked(worked);
        }

        public void DayClosed(in WorkplaceDay day)
        {
            Days.Add(day);
            Lines.Add($"{day with { Away = [] }} {string.Join(',', day.Away)}");
            tally.DayClosed(day);
        }

        public void LeftWaiting(in WaitRecord waiting) => tally.LeftWaiting(waiting);

        public void Requested(RequestRecord record)
        {
            Secondments.Add(record);
            Lines.Add($"{record with { Refusal = null }} {record.Refusal?.Code}");
            tally.Requested(record);
        }

        public void Assessed(AssessmentView result)
        {
            Assessments.Add(result);
            Lines.Add($"{result.Town} {string.Join(';', result.Groups)}");
            tally.Assessed(result);
        }

        public void Close(ReplicationResult result)
        {
            Counts = tally.Close();
            Breaches = Conservation.Check(Counts, ConservationFacts.Of(result));
        }

        public void Dispose() { }
    }
}
