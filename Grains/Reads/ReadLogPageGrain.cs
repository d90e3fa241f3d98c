using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Reads;

namespace TownReform.Grains.Reads;

/// <inheritdoc cref="IReadLogPage"/>
[GrainType("read-log-page"), PreferLocalPlacement]
internal sealed class ReadLogPageGrain(IWorlds worlds, INeighbourhood neighbourhood)
    : RecordedGrain<ReadState, ReadEvent>(worlds, neighbourhood, ReadRecord.Events, "reads"),
        IReadLogPage,
        IDisposable
{
    private readonly SemaphoreSlim recording = new(1, 1);
    private Batch? open;

    protected override ReadState Empty => ReadState.Empty;

    public Task NoteAsync(NoteRead read)
    {
        var batch = open ??= new();
        batch.Reads.Add(ReadRules.Noted(read));
        return batch.Recorded ??= RecordAsync(batch);
    }

    protected override ReadState Apply(ReadState state, ReadEvent happened) => ReadState.Apply(state, happened);

    protected override Refusal? RefusalOf(ReadEvent happened) => null;

    public void Dispose() => recording.Dispose();

    // Others come in meanwhile, and wait together for the next.
    private async Task RecordAsync(Batch batch)
    {
        await recording.WaitAsync();
        try
        {
            open = open == batch ? null : open;
            await LoadAsync();
            var news = ReadRules.News(State, batch.Reads);
            if (!news.IsEmpty)
            {
                var stamp = new Stamp(DerivedIds.Of(Stream, Version + 1), Actor.System, news.Max(read => read.At));
                await RecordAsync(stamp, new FilesRead(news));
            }
        }
        finally
        {
            recording.Release();
        }
    }

    private sealed class Batch
    {
        public List<NotedRead> Reads { get; } = [];

        public Task? Recorded { get; set; }
    }
}
