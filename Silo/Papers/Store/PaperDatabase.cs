using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Silo.Papers.Store;

/// <summary>Where it stands which papers there are and who has handed them in: a file beside them, or a schema of the cluster's database.
/// Statements are the same on both.</summary>
internal abstract class PaperDatabase : IDisposable
{
    /// <summary>Folder of the papers in that of a live town.</summary>
    public const string Folder = "papers";

    /// <summary>Its file there, from the town's folder on.</summary>
    public const string FileName = $"{Folder}/{Own}";

    /// <summary>Names of the scripts of its schema begin so.</summary>
    public const string PostgresScripts = "PapersPostgres/";

    private const string Own = "papers.sqlite";

    public static PaperDatabase OnSqlite(string folder)
    {
        var path = Path.Combine(folder, Own);
        SchemaUpgrade.Apply(path, typeof(PaperDatabase).Assembly, "Papers/");
        return new PapersOnSqlite(path);
    }

    public static PapersOnPostgres OnPostgres(string connection)
    {
        PostgresSchema.Apply(connection, typeof(PaperDatabase).Assembly, PostgresScripts);
        return new PapersOnPostgres(connection);
    }

    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Changes rows.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExecuteAsync(string text, CancellationToken cancellation, params object[] values)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var command = Ask(connection, text, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>All rows of a question.</summary>
    public async Task<List<T>> ListAsync<T>(string text, Func<DbDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var command = Ask(connection, text, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public abstract void Dispose();

    /// <param name="values">Of the parameters $1, $2 …</param>
    public static DbCommand Ask(DbConnection connection, string text, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the callers; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        for (var n = 0; n < values.Length; n++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = connection is SqliteConnection ? FormattableString.Invariant($"${n + 1}") : "";
            parameter.Value = values[n];
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

internal sealed class PapersOnSqlite(string path) : PaperDatabase
{
    private readonly string text = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = 5,
    }.ToString();

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(text);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public override void Dispose()
    {
        using var pooled = new SqliteConnection(text);
        SqliteConnection.ClearPool(pooled);
    }
}

/// <summary>On PostgreSQL the content is there too, in chunks, so that any silo serves it.</summary>
internal sealed class PapersOnPostgres(string connection) : PaperDatabase, IPaperFiles
{
    private const int Chunk = 256 * 1024;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connection) { SearchPath = "papers", MaxPoolSize = 8 }
    );

    public string Drafts { get; } = Directory.CreateTempSubdirectory("townreform-papers-").FullName;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await source.OpenConnectionAsync(cancellation);

    public async Task KeepAsync(PaperDraft draft, CancellationToken cancellation)
    {
        await using var opened = await source.OpenConnectionAsync(cancellation);
        await using var all = await opened.BeginTransactionAsync(cancellation);
        await using var file = File.OpenRead(draft.Path);
        var buffer = new byte[Chunk];
        await using (var paper = Ask(opened, PaperIndex.Insert, draft.Sha256, draft.Bytes, (int)draft.Kind))
        {
            if (await paper.ExecuteNonQueryAsync(cancellation) == 0)
            {
                return;
            }
        }

        for (var no = 0; await file.ReadAtLeastAsync(buffer, Chunk, throwOnEndOfStream: false, cancellation) is > 0 and var read; no++)
        {
            await using var part = Ask(
                opened,
                "INSERT INTO chunks (sha256, no, part) VALUES ($1, $2, $3)",
                draft.Sha256,
                no,
                buffer[..read]
            );
            await part.ExecuteNonQueryAsync(cancellation);
        }

        await all.CommitAsync(cancellation);
    }

    public async Task<bool> CopyToAsync(string sha256, Stream to, CancellationToken cancellation)
    {
        await using var opened = await source.OpenConnectionAsync(cancellation);
        await using var parts = Ask(opened, "SELECT part FROM chunks WHERE sha256 = $1 ORDER BY no", sha256);
        await using var reader = await parts.ExecuteReaderAsync(cancellation);
        var isThere = false;
        while (await reader.ReadAsync(cancellation))
        {
            isThere = true;
            await to.WriteAsync(reader.GetFieldValue<byte[]>(0), cancellation);
        }

        return isThere;
    }

    // The chunks go with their paper.
    public Task DeleteAsync(string sha256, CancellationToken cancellation) => Task.CompletedTask;

    public override void Dispose()
    {
        // It is registered under several names, and whoever made it disposes of it once for each.
        source.Dispose();
        if (Directory.Exists(Drafts))
        {
            Directory.Delete(Drafts, recursive: true);
        }
    }
}
