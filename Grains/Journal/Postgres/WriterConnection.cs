using Npgsql;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The connections of a silo that write: each has its own, and makes it again when it is lost.</summary>
internal static class WriterConnection
{
    // On any server: a commit answers after its fsync, whatever the server's own default. Its statements look rows up by their keys,
    // however many rows the planner believes in: the outbox is empty by every statistic and full of rows just deleted, and a scan of it
    // costs more than the commit. The switches make a plan look dear, so that without the last it would be compiled.
    private const string Settings =
        "-c synchronous_commit=on -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c "
        + "enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    /// <param name="call">The call that the connection is for; it is prepared.</param>
    public static NpgsqlConnection Open(string connectionString, ArrayCall call)
    {
        var opened = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Options = Settings }.ToString()
        );
        try
        {
            opened.Open();
            call.Prepare(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Whether a fault is of the connection or of the moment, so that the same is worth another attempt on a new one.</summary>
    /// <remarks>Class 08: connection; 57: shut down, crashed, cancelled; 53: no room for a connection; 40: undone for another transaction's
    /// sake.</remarks>
    public static bool IsLost(Exception fault) =>
        fault is PostgresException known
            ? known.SqlState[..2] is "08" or "57" or "53" or "40"
            : fault is NpgsqlException or IOException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException;
}
