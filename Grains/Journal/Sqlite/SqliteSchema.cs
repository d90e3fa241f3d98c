using System.Reflection;
using DbUp;
using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>What stands in a file beside its rows (tables, indexes, triggers, views), compared with what the scripts make.</summary>
public static class SqliteSchema
{
    private const string Objects =
        "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    /// <param name="file">Asks the file something.</param>
    /// <param name="folder">Scripts are the assembly's resources whose names start so.</param>
    /// <param name="texts">A table whose rows the scripts make, too; null for none.</param>
    /// <returns>The first thing that is missing, changed or planted; null when all is as the scripts make it.</returns>
    public static string? Difference(Func<string, SqliteCommand> file, Assembly assembly, string folder, string? texts = null) =>
        Differences(file, assembly, folder, texts) is [var first, ..] ? first : null;

    /// <inheritdoc cref="Difference"/>
    /// <returns>All such things, each as <c>what: type name</c>.</returns>
    public static IReadOnlyList<string> Differences(
        Func<string, SqliteCommand> file,
        Assembly assembly,
        string folder,
        string? texts = null
    )
    {
        // A copy of an earlier version is as that version's scripts make it.
        var done = Read(file, "SELECT ScriptName, '' FROM SchemaVersions").Keys.ToHashSet(StringComparer.Ordinal);
        using var own = New(assembly, name => name.StartsWith(folder, StringComparison.Ordinal) && done.Contains(name));
        SqliteCommand Made(string text) => Ask(own, text);
        return
        [
            .. Compare(Read(Made, Objects), Read(file, Objects)),
            .. texts is null ? [] : Compare(Read(Made, $"SELECT * FROM {texts}"), Read(file, $"SELECT * FROM {texts}")),
        ];
    }

    private static IEnumerable<string> Compare(Dictionary<string, string> made, Dictionary<string, string> found) =>
        made.Where(one => !found.ContainsKey(one.Key))
            .Select(one => $"missing: {one.Key}")
            .Concat(made.Where(one => found.TryGetValue(one.Key, out var text) && text != one.Value).Select(one => $"changed: {one.Key}"))
            .Concat(found.Keys.Where(name => !made.ContainsKey(name)).Select(name => $"planted: {name}"));

    /// <summary>A question to a connection by itself.</summary>
    public static SqliteCommand Ask(SqliteConnection connection, string text)
    {
#pragma warning disable CA2100 // Constants of the callers.
        return new SqliteCommand(text, connection);
#pragma warning restore CA2100
    }

    private static Dictionary<string, string> Read(Func<string, SqliteCommand> ask, string text)
    {
        using var command = ask(text);
        using var reader = command.ExecuteReader();
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            read[reader.GetString(0)] = reader.GetString(1);
        }

        return read;
    }

    private static SqliteConnection New(Assembly assembly, Func<string, bool> script)
    {
        // A database in memory that lives as long as this connection to it.
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = $"schema-{Interlocked.Increment(ref count)}",
            Mode = SqliteOpenMode.Memory,
            Cache = SqliteCacheMode.Shared,
        }.ToString();
        var kept = new SqliteConnection(text);
        try
        {
            kept.Open();
            var result = DeployChanges
                .To.SqliteDatabase(text)
                .WithScriptsEmbeddedInAssembly(assembly, script)
                .WithVariablesDisabled()
                .WithTransactionPerScript()
                .LogToNowhere()
                .Build()
                .PerformUpgrade();
            return result.Successful ? kept : throw result.Error;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    private static long count;
}
