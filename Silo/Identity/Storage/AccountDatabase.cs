using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Identity.Storage;

/// <summary>Where accounts are kept, apart from the record: a file of its own beside it, or a schema of its own in the same database.
/// Statements are the same on both.</summary>
internal abstract class AccountDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>Name of the file in the folder of a live town.</summary>
    public const string FileName = "accounts.sqlite";

    /// <summary>Names of the scripts of its schema begin so.</summary>
    public const string PostgresScripts = "AccountsPostgres/";

    /// <summary>Opens the file of a live folder, or makes it. Several processes may have it open.</summary>
    /// <exception cref="Grains.Journal.Storage.StoredFileException">It can't be read or written.</exception>
    public static AccountDatabase OnSqlite(string folder)
    {
        var path = Path.Combine(folder, FileName);
        SchemaUpgrade.Apply(path, typeof(AccountDatabase).Assembly, "Accounts/");
        return new AccountsOnSqlite(path);
    }

    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    public static AccountDatabase OnPostgres(string connection)
    {
        PostgresSchema.Apply(connection, typeof(AccountDatabase).Assembly, PostgresScripts);
        return new AccountsOnPostgres(connection);
    }

    /// <summary>An open connection, which the caller gives back.</summary>
    public abstract Task<DbConnection> OpenAsync();

    /// <inheritdoc cref="OpenAsync"/>
    public abstract DbConnection Open();

    /// <summary>A number that has changed with each change of what decides whether a session or a key counts. What was read under the
    /// present number is what stands.</summary>
    public abstract ValueTask<long> ChangesAsync();

    /// <summary>Does several things or none of them.</summary>
    public async Task<T> TogetherAsync<T>(Func<DbConnection, Task<T>> work)
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(connection);
        await transaction.CommitAsync();
        return result;
    }

    public abstract ValueTask DisposeAsync();

    public abstract void Dispose();
}

/// <summary>On SQLite the count of changes is read from a connection that stays open: some microseconds.</summary>
internal sealed class AccountsOnSqlite : AccountDatabase
{
    private readonly string text;
    private readonly SqliteConnection kept;
    private readonly SqliteCommand count;
    private readonly Lock one = new();

    public AccountsOnSqlite(string path)
    {
        text = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = 5,
        }.ToString();
        kept = new SqliteConnection(new SqliteConnectionStringBuilder(text) { Pooling = false }.ToString());
        kept.Open();
        count = new SqliteCommand("SELECT n FROM changes", kept);
        count.Prepare();
    }

    // The driver of SQLite does nothing while it waits.
    public override Task<DbConnection> OpenAsync() => Task.FromResult(Open());

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override ValueTask<long> ChangesAsync()
    {
        lock (one)
        {
            return ValueTask.FromResult((long)count.ExecuteScalar()!);
        }
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public override void Dispose()
    {
        lock (one)
        {
            count.Dispose();
            kept.Dispose();
        }

        using var pooled = new SqliteConnection(text);
        SqliteConnection.ClearPool(pooled);
    }
}

/// <summary>On PostgreSQL who asks while a read of the count is under way shares the next one, so that a busy silo asks one at a
/// time.</summary>
internal sealed class AccountsOnPostgres(string connection) : AccountDatabase
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connection)
        {
            SearchPath = "accounts",
            MaxPoolSize = 8,
            NoResetOnClose = true,
            MaxAutoPrepare = 30,
            AutoPrepareMinUsages = 2,
            Timeout = 5,
            CommandTimeout = 10,
            ConnectionLifetime = 10,
        }
    );

    private readonly Lock one = new();
    private Task<long>? running;
    private Task<long>? following;

    public override async Task<DbConnection> OpenAsync() => await source.OpenConnectionAsync();

    public override DbConnection Open() => source.OpenConnection();

    public override ValueTask<long> ChangesAsync()
    {
        lock (one)
        {
            // The read of the following one has not begun.
            return new(
                following
                    ?? (
                        running is { IsCompleted: false } before
                            ? following = Task.Run(() => AfterAsync(before))
                            : running = Task.Run(CountAsync)
                    )
            );
        }
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    public override void Dispose() => source.Dispose();

    // What began before somebody asked may not know of what happened just before they asked.
    private async Task<long> AfterAsync(Task<long> before)
    {
        await before.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Task<long> mine;
        lock (one)
        {
            following = null;
            mine = running = Task.Run(CountAsync);
        }

        return await mine;
    }

    private async Task<long> CountAsync()
    {
        await using var command = source.CreateCommand("SELECT n FROM changes");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
