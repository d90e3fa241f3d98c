using Microsoft.Extensions.Logging;
using TownReform.Grains.Hosting;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>
/// Effects on their way to the dead letters. They are kept there first, and only then taken for arrived: a crash between the two delivers
/// them once more. Belongs to the dispatch's loop.
/// </summary>
internal sealed partial class DeadLetterBox(IDeadLetters store, DeadLetterRule rule, ILogger logger)
{
    private readonly List<(WaitingEffect Effect, DeadLetter Letter)> gathered = [];
    private List<(WaitingEffect Effect, DeadLetter Letter)> underWay = [];
    private bool isKeeping,
        isTold;

    public bool None => gathered.Count == 0 && !isKeeping;

    /// <summary>Whether a lane's first effect was refused often enough.</summary>
    public bool IsEnough(EffectLane lane, DateTimeOffset now, bool crowded) =>
        lane.RefusedSince is { } since && rule.IsEnough(lane.Refused, now - since, crowded, lane.HasPutAside);

    public void Add(WaitingEffect effect, int attempts, DateTimeOffset first, DateTimeOffset last, Exception why)
    {
        gathered.Add((effect, new DeadLetter(0, effect.Delivery, attempts, first, last, DeadLetter.Said(why))));
    }

    /// <summary>Begins to keep what has gathered, unless some are being kept; <paramref name="done"/> tells how that ended.</summary>
    public void Begin(Action<Exception?> done, CancellationToken cancellation)
    {
        if (gathered.Count == 0 || isKeeping)
        {
            return;
        }

        (isKeeping, underWay) = (true, [.. gathered]);
        gathered.Clear();
        _ = KeepAsync(underWay, done, cancellation);
    }

    /// <summary>They are kept, or have to be tried again; the first time in a row that they can't be is told.</summary>
    /// <param name="fault">Why they aren't kept; null when they are.</param>
    /// <param name="forget">Takes the effect for arrived.</param>
    public void Kept(Exception? fault, Action<long> forget)
    {
        isKeeping = false;
        if (fault is not null)
        {
            gathered.InsertRange(0, underWay);
            if (!isTold && fault is not OperationCanceledException)
            {
                NotKept(logger, underWay.Count, StorageFaults.Of(fault).En);
                isTold = true;
            }

            return;
        }

        isTold = false;
        foreach (var (effect, _) in underWay)
        {
            forget(effect.Id);
        }

        TownMetrics.PutAside(underWay.Count);
        var first = underWay[0].Letter;
        PutAside(
            logger: logger,
            count: underWay.Count,
            type: first.Delivery.TargetType,
            key: first.Delivery.TargetKey,
            stream: first.Delivery.Id.Stream,
            version: first.Delivery.Id.Version,
            why: first.Why
        );
        underWay = [];
    }

    private async Task KeepAsync(
        List<(WaitingEffect Effect, DeadLetter Letter)> letters,
        Action<Exception?> done,
        CancellationToken cancellation
    )
    {
        try
        {
            await store.KeepAsync([.. letters.Select(letter => letter.Letter)], cancellation);
            done(null);
        }
        catch (Exception e)
        {
            // They stay in the outbox until then; it is tried again after a while.
            await Task.Delay(Again, CancellationToken.None);
            done(e);
        }
    }

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} effects that were refused often enough can't be put aside for now; they stay in the outbox, and it is tried "
            + "every five seconds: {Why}"
    )]
    private static partial void NotKept(ILogger logger, int count, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} effects were refused often enough and put aside (audit effects lists them); the first is for {Type} {Key}, of "
            + "{Stream} #{Version}: {Why}"
    )]
    private static partial void PutAside(ILogger logger, int count, string type, string key, string stream, long version, string why);
}
