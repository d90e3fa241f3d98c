using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TownReform.Silo.Storage;

/// <summary>
/// Hands out one connection at a time. SQLite has one writer anyway; left to itself, contention is slept away inside the driver on the
/// threads that run grains. A command that meets damage fails; before the next connection opens the file is made anew.
/// </summary>
/// <param name="isDamage">Whether a fault is of the file itself.</param>
/// <param name="renew">Makes it anew.</param>
internal sealed class OrleansSqliteSource(string connectionString, Func<Exception, bool> isDamage, Action<Exception> renew) : DbDataSource
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private Exception? damage;

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new InTurn(connectionString, this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var any = new SqliteConnection(connectionString);
            SqliteConnection.ClearPool(any);
            turn.Dispose();
        }

        base.Dispose(disposing);
    }

    private T Run<T>(Func<T> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (isDamage(e))
        {
            damage = e;
            throw;
        }
    }

    private void Renew()
    {
        if (damage is { } found)
        {
            using (var any = new SqliteConnection(connectionString))
            {
                SqliteConnection.ClearPool(any);
            }

            renew(found);
            damage = null;
        }
    }

    private sealed class Guarded(OrleansSqliteSource source) : SqliteCommand
    {
        public override int ExecuteNonQuery() => source.Run(base.ExecuteNonQuery);

        public override object? ExecuteScalar() => source.Run(base.ExecuteScalar);

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => source.Run(() => base.ExecuteReader(behavior));
    }

    private sealed class InTurn(string connectionString, OrleansSqliteSource source) : SqliteConnection(connectionString)
    {
        private readonly SemaphoreSlim turn = source.turn;
        private bool mine;

        public override SqliteCommand CreateCommand() =>
            new Guarded(source)
            {
                Connection = this,
                Transaction = Transaction,
                CommandTimeout = DefaultTimeout,
            };

        public override void Open()
        {
            if (!mine)
            {
                turn.Wait();
                mine = true;
            }

            OpenOrYield();
        }

        public override async Task OpenAsync(CancellationToken cancellationToken)
        {
            if (!mine)
            {
                await turn.WaitAsync(cancellationToken);
                mine = true;
            }

            OpenOrYield();
        }

        public override void Close()
        {
            base.Close();
            Yield();
        }

        private void OpenOrYield()
        {
            try
            {
                source.Renew();
                source.Run(() =>
                {
                    base.Open();
                    return true;
                });
            }
            catch
            {
                Yield();
                throw;
            }
        }

        private void Yield()
        {
            if (mine)
            {
                mine = false;
                turn.Release();
            }
        }
    }
}
