using System.Text.Json;
using Orleans.Placement;
using TownReform.Grains.Journal;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>A case without rules; keyed by its number.</summary>
[Alias("benchmark-bare-case-grain")]
public interface IBareCaseGrain : IGrainWithStringKey
{
    /// <summary>Answers at once: nothing is kept.</summary>
    [Alias("take")]
    Task TakeAsync(CaseEvent step);

    /// <summary>Answers once the step is on record.</summary>
    [Alias("record")]
    Task RecordAsync(CaseEvent step);
}

/// <inheritdoc/>
/// <remarks>What is recorded is the event alone, by the silo's own journal: hash chain, group commit, tables that follow; no read model, no
/// effect.</remarks>
[GrainType("benchmark-bare-case"), PreferLocalPlacement]
public sealed class BareCaseGrain(IWorlds? worlds = null) : Grain, IBareCaseGrain
{
    private const string Folder = "bare/";

    /// <summary>The streams of all of them, in SQL.</summary>
    internal const string Streams = Folder + "%";

    private JournalHead head = JournalHead.None;

    /// <summary>The grain of a case. Its interface's names are resolved once, as the system's own are.</summary>
    internal static IBareCaseGrain Of(IGrainFactory grains, long number) => grains.Grain<IBareCaseGrain>($"{number}");

    /// <inheritdoc/>
    public Task TakeAsync(CaseEvent step)
    {
        End(step);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RecordAsync(CaseEvent step)
    {
        var stamp = new Stamp(step.Command, new Actor(step.Actor, step.Office), step.At);
        var happened = new NewEvent(stamp, step.Kind, JsonSerializer.SerializeToUtf8Bytes(step, CaseJson.Default.CaseEvent));
        var append = new JournalAppend($"{Folder}{step.Case}", head, [happened], [], IsFinal: step.Version == (int)Step.Seal);
        head = await worlds!.Of(Address.Live).Journal.AppendAsync(append);
        End(step);
    }

    private void End(CaseEvent step)
    {
        if (step.Version == (int)Step.Seal)
        {
            DeactivateOnIdle();
        }
    }
}
