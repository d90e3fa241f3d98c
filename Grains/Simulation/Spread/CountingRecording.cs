using System.Collections.Concurrent;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation.Spread;

/// <summary>Counts the replications that somebody on this silo waits for, and keeps nothing of any other.</summary>
public sealed class CountingRecording(SeedLibrary seeds) : IRunRecording
{
    private readonly ConcurrentDictionary<(string Run, int Number), Expectation> expected = new();
    private readonly Lazy<RunDirectory> directory = new(() => RunDirectory.From(seeds));

    /// <summary>Has the next opening of that replication counted, for as long as the answer lives.</summary>
    public Expectation Expect(string run, int number) =>
        expected.GetOrAdd((run, number), key => new Expectation(() => expected.TryRemove(key, out _)));

    public IReplicationRecording Open(string run, int replication, Scenario scenario)
    {
        if (!expected.TryGetValue((run, replication), out var waits))
        {
            return new NoRecording().Open(run, replication, scenario);
        }

        var frame = new RunFrame(scenario.From, scenario.Until, seeds.Towns[scenario.Towns[0].Town].TimeZone);
        return new SinkRecording(new ReplicationTally(replication, frame, directory.Value), tally => waits.Told = tally.Close());
    }

    /// <summary>Somebody waits for a replication's counts.</summary>
    public sealed class Expectation(Action leave) : IDisposable
    {
        internal ReplicationCounts? Told { get; set; }

        /// <exception cref="InvalidOperationException">The replication ran on another silo, which would part it from its world.</exception>
        public ReplicationCounts Counts => Told ?? throw new InvalidOperationException("The replication did not run where it was ordered.");

        public void Dispose() => leave();
    }

    private sealed class SinkRecording(ReplicationTally tally, Action<ReplicationTally> closed) : IReplicationRecording
    {
        public void Happened(in TraceEvent happened) => tally.Happened(happened);

        public void Finished(CaseRecord record) => tally.Finished(record);

        public void Refused(in RefusalRecord refused) => tally.Refused(refused);

        public void Worked(in WorkRecord worked) => tally.Worked(worked);

        public void DayClosed(in WorkplaceDay day) => tally.DayClosed(day);

        public void LeftWaiting(in WaitRecord waiting) => tally.LeftWaiting(waiting);

        public void Requested(RequestRecord record) => tally.Requested(record);

        public void Assessed(AssessmentView result) => tally.Assessed(result);

        public void Close(ReplicationResult result) => closed(tally);

        public void Dispose() { }
    }
}
