using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>
/// Syncs the write-ahead log behind the writer's back: while the disk works on one sync the writer makes the next commits, and the sync after
/// covers them all. Only what is synced is answered. A log is valid up to its last whole commit, so that what is lost with the power is at
/// most its unanswered end.
/// </summary>
internal sealed class LogSync : IDisposable
{
    private readonly SafeFileHandle log;
    private readonly Action<List<PendingWrite>> synced;
    private readonly Thread thread;
    private readonly Channel<List<PendingWrite>> committed = Channel.CreateUnbounded<List<PendingWrite>>(new UnboundedChannelOptions
    {
        SingleReader = true,
        SingleWriter = true,
        AllowSynchronousContinuations = true,
    });

    private volatile Exception? fault;

    /// <param name="path">The file of the database; its log is beside it while a connection is open.</param>
    /// <param name="synced">Is given each commit's writes once they are safe.</param>
    public LogSync(string path, Action<List<PendingWrite>> synced)
    {
        log = File.OpenHandle(path + "-wal", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        this.synced = synced;
        thread = new Thread(Run) { IsBackground = true, Name = "journal sync" };
        thread.Start();
    }

    /// <summary>Why nothing can be recorded any more: after a failed sync nobody knows what the disk holds, and only a new start reads it.</summary>
    public Exception? Fault => fault;

    /// <summary>A commit that is in the log and not yet synced.</summary>
    public void Committed(List<PendingWrite> writes) => committed.Writer.TryWrite(writes);

    /// <summary>Syncs what is left.</summary>
    public void Dispose()
    {
        committed.Writer.TryComplete();
        thread.Join();
        log.Dispose();
    }

    private void Run()
    {
        var covered = new List<List<PendingWrite>>();
        while (committed.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (committed.Reader.TryRead(out var writes))
            {
                covered.Add(writes);
            }

            Sync(covered);
            covered.Clear();
        }
    }

    private void Sync(List<List<PendingWrite>> covered)
    {
        try
        {
            if (fault is null)
            {
                RandomAccess.FlushToDisk(log);
            }
        }
        catch (Exception e)
        {
            fault = new IOException("记录未能写入磁盘，已停止记录；请检查磁盘后重新启动。 / The record could not be synced to the disk, and nothing is recorded any more. Check the disk, then start again.", e);
        }

        foreach (var writes in covered)
        {
            if (fault is { } broken)
            {
                writes.ForEach(write => write.Fail(broken));
            }
            else
            {
                synced(writes);
            }
        }
    }
}
