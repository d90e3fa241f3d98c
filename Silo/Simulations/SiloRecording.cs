using System.Collections.Concurrent;
using TownReform.Grains.Simulation;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Silo.Simulations;

/// <summary>Where the runs of this silo tell their trace: those that were ordered over HTTP to their files, those of a console only to
/// counts.</summary>
internal sealed class SiloRecording(CountingRecording counting) : IRunRecording
{
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>Has a run told to a recording until what is answered is disposed of.</summary>
    public Kept Keep(string run, IRunRecording recording) => kept[run] = new Kept(recording, () => kept.TryRemove(run, out _));

    public IReplicationRecording Open(string run, int replication, Scenario scenario) =>
        kept.TryGetValue(run, out var own) ? own.Open(run, replication, scenario) : counting.Open(run, replication, scenario);

    /// <summary>A run that is told.</summary>
    internal sealed class Kept(IRunRecording recording, Action leave) : IDisposable
    {
        private int open;

        /// <summary>No replication of it writes any more.</summary>
        public bool IsQuiet => Volatile.Read(ref open) == 0;

        public IReplicationRecording Open(string run, int replication, Scenario scenario)
        {
            var opened = recording.Open(run, replication, scenario);
            Interlocked.Increment(ref open);
            return new Counted(opened, () => Interlocked.Decrement(ref open));
        }

        public void Dispose() => leave();
    }

    private sealed class Counted(IReplicationRecording inner, Action closed) : IReplicationRecording
    {
        public void Happened(in TraceEvent happened) => inner.Happened(happened);

        public void Finished(CaseRecord record) => inner.Finished(record);

        public void Refused(in RefusalRecord refused) => inner.Refused(refused);

        public void Worked(in WorkRecord worked) => inner.Worked(worked);

        public void DayClosed(in WorkplaceDay day) => inner.DayClosed(day);

        public void LeftWaiting(in WaitRecord waiting) => inner.LeftWaiting(waiting);

        public void Requested(RequestRecord record) => inner.Requested(record);

        public void Assessed(AssessmentView result) => inner.Assessed(result);

        public void Close(ReplicationResult result) => inner.Close(result);

        public void Dispose()
        {
            inner.Dispose();
            closed();
        }
    }
}
