using System.Globalization;

namespace TownReform.Grains.Simulation.Results.Files;

/// <summary>Which files a run writes.</summary>
[Flags]
public enum RunFileKinds
{
    None = 0,
    Cases = 1,
    Events = 2,
}

/// <summary>
/// Spools one replication's cases and events to part files in the run's folder. Dispose it when the replication is done; then
/// <see cref="RunFiles.Stitch"/>. Replications may spool side by side.
/// </summary>
public sealed class ReplicationFiles : IReplicationSink, IDisposable
{
    private readonly int replication;
    private readonly CasesCsv? cases;
    private readonly OcelWriter? events;
    private readonly RunFiles.Part part;

    /// <param name="replication">1-based.</param>
    /// <param name="replications">How many the run has; with more than one, ids in the event log begin with <c>r{replication}/</c>.</param>
    public ReplicationFiles(string outDir, int replication, int replications, RunFileKinds kinds, RunDirectory directory)
    {
        this.replication = replication;
        part = RunFiles.Part.Of(outDir, replication);
        Directory.CreateDirectory(Path.GetDirectoryName(part.Cases)!);
        if (kinds.HasFlag(RunFileKinds.Cases))
        {
            cases = new CasesCsv(new FileStream(part.Cases, FileMode.Create, FileAccess.Write, FileShare.None));
        }

        if (kinds.HasFlag(RunFileKinds.Events))
        {
            var prefix = replications == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"r{replication}/");
            events = new OcelWriter(part.Events, part.Objects, prefix, directory);
        }
    }

    /// <inheritdoc/>
    public void Happened(in TraceEvent happened) => events?.Write(happened);

    /// <inheritdoc/>
    public void Finished(CaseRecord record)
    {
        cases?.Write(replication, record);
        events?.Write(record);
    }

    /// <inheritdoc/>
    public void Refused(in RefusalRecord refused)
    {
        // A refusal on a case is a trace event too; what no case was opened for has no object in the log.
    }

    /// <inheritdoc/>
    public void Worked(in WorkRecord worked)
    {
        // Work is in the figures only: the log would grow by half and say no more than its events.
    }

    /// <inheritdoc/>
    public void DayClosed(in WorkplaceDay day)
    {
        // A workplace's day is in the figures only.
    }

    /// <inheritdoc/>
    public void LeftWaiting(in WaitRecord waiting) { }

    /// <inheritdoc/>
    public void Requested(RequestRecord record)
    {
        // A secondment is a case and comes as one.
    }

    /// <inheritdoc/>
    public void Assessed(AssessmentView result)
    {
        // An assessment is in the figures only.
    }

    /// <summary>Writes what is still due and closes the parts.</summary>
    public void Dispose()
    {
        cases?.Dispose();
        events?.Dispose();
        if (events is not null)
        {
            File.WriteAllLines(part.Activities, events.Activities);
        }
    }
}
