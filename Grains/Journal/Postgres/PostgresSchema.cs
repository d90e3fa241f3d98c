using System.Reflection;
using DbUp;
using Npgsql;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Brings a PostgreSQL database to the newest schema: embedded scripts, in order of name, each once, forwards only. Any number of
/// silos may start at once.</summary>
public static class PostgresSchema
{
    /// <summary>Of the advisory lock that one silo at a time holds while it upgrades.</summary>
    private const long UpgradeLock = 7461201921;

    private const int Oldest = 15;

    /// <summary>The database named in the connection is made when it isn't there and the user may.</summary>
    /// <param name="folder">Scripts are the assembly's resources whose names start so.</param>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used; says why and what to do.</exception>
    public static void Apply(string connectionString, Assembly assembly, string folder)
    {
        try
        {
            using var turn = Open(connectionString);
            Check(turn);
            Run(turn, $"SELECT pg_advisory_lock({UpgradeLock})");
            Upgrade(connectionString, assembly, folder);
        }
        catch (NpgsqlException e)
        {
            throw new PostgresUnusableException(connectionString, e);
        }
    }

    /// <summary>Server and database of a connection string, without its secrets.</summary>
    public static string Where(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) is var it ? $"{it.Host}:{it.Port}/{it.Database ?? it.Username}" : "";

    private static NpgsqlConnection Open(string connectionString)
    {
        try
        {
            return OpenThere(connectionString);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            Create(connectionString);
            return OpenThere(connectionString);
        }
    }

    // The lock goes with its connection, so the connection must be this one's own.
    private static NpgsqlConnection OpenThere(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
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

    private static void Create(string connectionString)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString);
        var name = wanted.Database!;
        using var server = OpenThere(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" }.ToString());
        try
        {
            Run(server, $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ENCODING 'UTF8' TEMPLATE template0");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another silo was faster.
        }
    }

    private static void Check(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < Oldest)
        {
            throw new PostgresUnusableException(
                new Words(
                    $"需要 PostgreSQL {Oldest} 或更高版本，现为 {connection.PostgreSqlVersion}。",
                    $"PostgreSQL {Oldest} or later is needed; this is {connection.PostgreSqlVersion.ToString()}."
                )
            );
        }
    }

    private static void Upgrade(string connectionString, Assembly assembly, string folder)
    {
        var result = DeployChanges
            .To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(assembly, name => name.StartsWith(folder, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw result.Error is NpgsqlException
                ? new PostgresUnusableException(connectionString, result.Error)
                : new PostgresUnusableException(
                    new Words(
                        $"数据库升级失败：{result.ErrorScript?.Name}：{result.Error.Message}",
                        $"The schema could not be upgraded: {result.ErrorScript?.Name}: {result.Error.Message}"
                    ),
                    result.Error
                );
        }
    }

    private static void Run(NpgsqlConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants, and a quoted name.
        command.CommandText = text;
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        command.ExecuteNonQuery();
    }
}
