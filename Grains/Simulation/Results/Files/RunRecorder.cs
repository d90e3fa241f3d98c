using System.Collections.Concurrent;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Simulation.Results.Pooling;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Keeps the traces of a run that goes on in this process: figures always, files where a folder is given.</summary>
public sealed class RunRecorder(SeedLibrary seeds, string folder, int replications, RunFileKinds kinds) : IRunRecording
{
    private readonly ConcurrentDictionary<int, (ReplicationCounts Counts, ImmutableArray<Breach> Breaches)> closed = new();

    public IReplicationRecording Open(string run, int replication, Scenario scenario)
    {
        var directory = RunDirectory.From(SimulationOrders.SeedsOf(seeds, scenario).Seeds);
        var zone = seeds.Towns[scenario.Towns[0].Town].TimeZone;
        var tally = new ReplicationTally(replication, new RunFrame(scenario.From, scenario.Until, zone), directory);
        return new Recording(this, replication, tally, new ReplicationFiles(folder, replication, replications, kinds, directory));
    }

    /// <summary>Everything that the replications told, once all have ended.</summary>
    public RunSummary Summary(RunHeading heading) =>
        FigurePool.Summarize(heading, closed.Values.Select(c => c.Counts), closed.OrderBy(c => c.Key).SelectMany(c => c.Value.Breaches));

    private sealed class Recording(RunRecorder recorder, int replication, ReplicationTally tally, ReplicationFiles files)
        : IReplicationRecording
    {
        private readonly SinkSet sinks = new(tally, files);

        public void Happened(in TraceEvent happened) => sinks.Happened(happened);

        public void Finished(CaseRecord record) => sinks.Finished(record);

        public void Refused(in RefusalRecord refused) => sinks.Refused(refused);

        public void Worked(in WorkRecord worked) => sinks.Worked(worked);

        public void DayClosed(in WorkplaceDay day) => sinks.DayClosed(day);

        public void LeftWaiting(in WaitRecord waiting) => sinks.LeftWaiting(waiting);

        public void Requested(RequestRecord record) => sinks.Requested(record);

        public void Assessed(AssessmentView result) => sinks.Assessed(result);

        public void Close(ReplicationResult result)
        {
            var counts = tally.Close();
            recorder.closed[replication] = (counts, Conservation.Check(counts, ConservationFacts.Of(result)));
        }

        public void Dispose() => files.Dispose();
    }
}
