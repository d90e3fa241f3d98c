using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Effects that have arrived, to be forgotten by the store: as many at once as have gathered while the last lot was committed.</summary>
internal sealed class EffectReceipts(IEffectStore store, ILogger logger)
{
    private List<long> gathered = [];
    private bool underWay;

    public bool None => !underWay && gathered.Count == 0;

    public void Add(long id) => gathered.Add(id);

    /// <summary>Starts on what has gathered, unless the last lot is still under way; <paramref name="done"/> tells its end.</summary>
    public void Begin(Action done)
    {
        if (!underWay && gathered.Count > 0)
        {
            underWay = true;
            _ = KeepAsync(Take(), done);
        }
    }

    public void Ended() => underWay = false;

    /// <summary>The last lot, when delivery stops.</summary>
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
            logger.LogWarning(e, "Receipts of {Count} effects were not kept; those effects are delivered again after the next start.", arrived.Count);
        }

        done();
    }
}
