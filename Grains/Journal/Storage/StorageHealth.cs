using Microsoft.Extensions.Logging;

namespace TownReform.Grains.Journal.Storage;

/// <summary>What of the live town's storage fails and recovers on its own.</summary>
public enum StoragePart
{
    /// <summary>Commits: what a grain is answered after.</summary>
    Commits = 1,

    /// <summary>The tables that follow commits.</summary>
    Tables = 2,

    /// <summary>Room for more, and the right to write it.</summary>
    Room = 3,

    /// <summary>Snapshots: a cache. Without them the town records all the same.</summary>
    Snapshots = 4,
}

/// <summary>
/// How the live town's storage fares, as those who use it tell. What hinders recording is there to be asked for; in the log stands one line
/// when a trouble begins and one when it is over, however often it is met in between.
/// </summary>
public sealed class StorageHealth(ILogger logger, TimeProvider time)
{
    /// <summary>Who has had no answer for so long is in trouble, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A trouble that comes back sooner was never over.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    /// <summary>So long after a trouble what is met of it late is still of it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Part[] parts = [.. Enumerable.Range(0, (int)StoragePart.Snapshots + 1).Select(_ => new Part())];
    private long lastTrouble,
        ended;
    private volatile StoragePart told;

    /// <summary>Why nothing can be recorded at this moment; null while all is well.</summary>
    public Words? Hindrance => Of(StoragePart.Commits).Trouble ?? Of(StoragePart.Tables).Trouble ?? Of(StoragePart.Room).Trouble;

    /// <summary>Whether a trouble was told that isn't over, or is just over: what others meet of it meanwhile is no news.</summary>
    public bool IsTold => told != 0 || (Volatile.Read(ref ended) is not 0 and var at && time.GetElapsedTime(at) < Late);

    /// <summary>A part is asked for something.</summary>
    public void Begin(StoragePart part) => Volatile.Write(ref Of(part).Begun, time.GetTimestamp());

    /// <summary>In the end nothing was asked of it: that tells nothing.</summary>
    public void Ended(StoragePart part) => Of(part).End(0);

    /// <summary>It has done that.</summary>
    public void Worked(StoragePart part)
    {
        var it = Of(part);
        it.End(time.GetTimestamp());
        if (it.Trouble is not null)
        {
            lock (gate)
            {
                (it.Trouble, lastTrouble) = (null, time.GetTimestamp());
            }
        }
    }

    /// <summary>It has not.</summary>
    public void Failed(StoragePart part, Exception fault)
    {
        Of(part).End(0);
        Tell(part, StorageFaults.Of(fault));
    }

    /// <summary>Whether a part is in trouble.</summary>
    public bool IsTroubled(StoragePart part) => Of(part).Trouble is not null;

    /// <summary>Whether a part has worked within that time.</summary>
    public bool HasWorkedFor(StoragePart part, TimeSpan within) =>
        Volatile.Read(ref Of(part).Worked) is not 0 and var at && time.GetElapsedTime(at) < within;

    /// <summary>Called every other second: notices who waits in vain, and tells when a trouble is over.</summary>
    public void Look()
    {
        foreach (var part in Enum.GetValues<StoragePart>())
        {
            if (Volatile.Read(ref Of(part).Begun) is not 0 and var begun && time.GetElapsedTime(begun) > Patience)
            {
                Tell(part, StorageFaults.NoAnswer);
            }
        }

        lock (gate)
        {
            if (
                told != 0
                && (told == StoragePart.Snapshots ? Of(told).Trouble : Hindrance) is null
                && time.GetElapsedTime(lastTrouble) > Calm
            )
            {
                // Nobody may ask for a snapshot for long: whether they are well, too, is told when somebody does.
                Of(StoragePart.Snapshots).Trouble = null;
                logger.LogWarning("存储已恢复，照常记录。 / Storage is well again; what is asked for is recorded.");
                told = 0;
                Volatile.Write(ref ended, time.GetTimestamp());
            }
        }
    }

    private void Tell(StoragePart part, Words why)
    {
        lock (gate)
        {
            if (part == StoragePart.Snapshots && told == 0 && IsTold)
            {
                // Asked for while the trouble was there.
                return;
            }

            Of(part).Trouble = why;

            // A cache that fails is told, too; if recording fails after it, that is news.
            if (told == 0 || (told == StoragePart.Snapshots && part != StoragePart.Snapshots))
            {
                told = part;
                if (part == StoragePart.Snapshots)
                {
                    logger.LogWarning(
                        "快照读写失败，改由记录重放，不影响办理：{Zh} / Snapshots can't be read or written; records are replayed instead, nothing is "
                            + "lost: {En}",
                        why.Zh,
                        why.En
                    );
                }
                else
                {
                    logger.LogError(
                        "暂时不能记录，已答复的不受影响，恢复后自动继续：{Zh} / Nothing can be recorded for now; what was answered is safe, and it goes "
                            + "on by itself: {En}",
                        why.Zh,
                        why.En
                    );
                }
            }
        }
    }

    private Part Of(StoragePart part) => parts[(int)part];

    private sealed class Part
    {
        public long Begun;
        public long Worked;
        public volatile Words? Trouble;

        public void End(long worked)
        {
            Volatile.Write(ref Begun, 0);
            if (worked != 0)
            {
                Volatile.Write(ref Worked, worked);
            }
        }
    }
}
