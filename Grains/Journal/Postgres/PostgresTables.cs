using Npgsql;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The read model and the outbox as a writer's own silo keeps them in step with its commits, over a connection of their
/// own.</summary>
internal sealed class PostgresTables(string world, long writer, string connectionString) : IProjectedTables
{
    private NpgsqlConnection? connection;
    private FollowCall? call;

    /// <inheritdoc/>
    public void Apply(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived)
    {
        try
        {
            call ??= new FollowCall(world, writer);
            connection ??= WriterConnection.Open(connectionString, call);
            try
            {
                call.Fill(commits, arrived);
                call.Follow();
            }
            catch (PostgresException e) when (e.SqlState == FollowCall.OthersWereFaster)
            {
                FollowRest(commits, arrived);
            }
        }
        catch (Exception e) when (IsPassing(e))
        {
            Drop();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Class 25: the server can only be read for now; 55: locked; 58: its disk fails.</remarks>
    public bool IsPassing(Exception fault) =>
        WriterConnection.IsLost(fault) || fault is PostgresException { SqlState: ['2' or '5', '5', ..] or ['5', '8', ..] };

    public void Dispose() => Drop();

    // Another silo read what is here, and brought some of it into the tables meanwhile. Its effects may have been put in; those that have
    // arrived go.
    private void FollowRest(IReadOnlyCollection<RedoCommit> commits, IReadOnlySet<long> arrived)
    {
        using var transaction = connection!.BeginTransaction();
        var left = RedoTable.Lock(connection, writer);
        call!.Fill([.. commits.Where(commit => left.Contains(commit.No))], arrived);
        call.Follow();
        transaction.Commit();
    }

    private void Drop()
    {
        call?.Dispose();
        connection?.Dispose();
        (call, connection) = (null, null);
    }
}
