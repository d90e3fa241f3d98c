using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TownReform.Silo.Storage;

/// <summary>
/// Hands out one connection at a time. SQLite has one writer anyway; left to itself, contention is slept away inside the driver on the
/// threads that run grains.
/// </summary>
internal sealed class OrleansSqliteSource(string connectionString) : DbDataSource
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection() => new InTurn(connectionString, turn);

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

    private sealed class InTurn(string connectionString, SemaphoreSlim turn) : SqliteConnection(connectionString)
    {
        private bool mine;

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
                base.Open();
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
