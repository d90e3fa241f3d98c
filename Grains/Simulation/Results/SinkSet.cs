namespace TownReform.Grains.Simulation.Results;

/// <summary>Tells several sinks the same, in their order.</summary>
public sealed class SinkSet(params IReplicationSink[] sinks) : IReplicationSink
{
    /// <inheritdoc/>
    public void Happened(in TraceEvent happened)
    {
        foreach (var sink in sinks)
        {
            sink.Happened(happened);
        }
    }

    /// <inheritdoc/>
    public void Finished(CaseRecord record)
    {
        foreach (var sink in sinks)
        {
            sink.Finished(record);
        }
    }

    /// <inheritdoc/>
    public void Refused(in RefusalRecord refused)
    {
        foreach (var sink in sinks)
        {
            sink.Refused(refused);
        }
    }

    /// <inheritdoc/>
    public void Worked(in WorkRecord worked)
    {
        foreach (var sink in sinks)
        {
            sink.Worked(worked);
        }
    }

    /// <inheritdoc/>
    public void DayClosed(in WorkplaceDay day)
    {
        foreach (var sink in sinks)
        {
            sink.DayClosed(day);
        }
    }

    /// <inheritdoc/>
    public void LeftWaiting(in WaitRecord waiting)
    {
        foreach (var sink in sinks)
        {
            sink.LeftWaiting(waiting);
        }
    }

    /// <inheritdoc/>
    public void Requested(RequestRecord record)
    {
        foreach (var sink in sinks)
        {
            sink.Requested(record);
        }
    }

    /// <inheritdoc/>
    public void Assessed(AssessmentView result)
    {
        foreach (var sink in sinks)
        {
            sink.Assessed(result);
        }
    }
}
