using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>
/// Effects that have arrived, to be forgotten by the store. It is told at once, whatever it was told before and has not done yet: an effect
/// that has arrived before its commit is brought into the tables need never go there.
/// </summary>
internal sealed class EffectReceipts(IEffectStore store, ILogger logger)
{
    private List<long> gathered = [];
    private int underWay;

    public bool None => underWay == 0 && gathered.Count == 0;

    public void Add(long id) => gathered.Add(id);

    /// <summary>Starts on what has gathered; <paramref name="done"/> tells its end.</summary>
    public void Begin(Action done)
    {
        if (gathered.Count > 0)
        {
            underWay++;
            _ = KeepAsync(Take(), done);
        }
    }

    public void Ended() => underWay--;

    /// <summary>The rest, when delivery stops.</summary>
    public Task FinishAsync() => gathered.Count > 0 ? KeepAsync(Take(), static () => { }) : Task.CompletedTask;

    private List<long> Take()
    {
        var taken = gathered;
        gathered = [];
        return taken;
    }

    private async Task KeepAsync(List<long> arrived, Action done)
    {
        try
        {
            await store.ForgetAsync(arrived);
        }
        catch (Exception e)
        {
            logger.LogWarning(
                e,
                "Receipts of {Count} effects were not kept; those effects are delivered again after the next start.",
                arrived.Count
            );
        }

        done();
    }
}
