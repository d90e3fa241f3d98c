using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Scenarios;

namespace TownReform.Grains.Simulation;

/// <summary>Where the replications of a run tell their trace; the host decides what is kept (files, figures, nothing).</summary>
public interface IRunRecording
{
    /// <summary>The sink of one replication; disposed when the replication has ended or failed.</summary>
    IReplicationRecording Open(string run, int replication, Scenario scenario);
}

/// <summary>A replication's sink, with the world's own account at its end.</summary>
public interface IReplicationRecording : IReplicationSink, IDisposable
{
    /// <summary>The world's account: certificates, posts, chains.</summary>
    void Close(ReplicationResult result);
}

/// <summary>Keeps nothing; for runs whose results are the grain's answer alone.</summary>
public sealed class NoRecording : IRunRecording
{
    public IReplicationRecording Open(string run, int replication, Scenario scenario) => new Nowhere();

    private sealed class Nowhere : IReplicationRecording
    {
        public void Happened(in TraceEvent happened) { }

        public void Finished(CaseRecord record) { }

        public void Refused(in RefusalRecord refused) { }

        public void Worked(in WorkRecord worked) { }

        public void DayClosed(in WorkplaceDay day) { }

        public void LeftWaiting(in WaitRecord waiting) { }

        public void Requested(RequestRecord record) { }

        public void Assessed(AssessmentView result) { }

        public void Close(ReplicationResult result) { }

        public void Dispose() { }
    }
}
