using System.Reflection;
using DbUp;
using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Brings a SQLite file to the newest schema: embedded scripts, in order of name, each once, forwards only.</summary>
public static class SchemaUpgrade
{
    /// <param name="folder">Scripts are the assembly's resources whose names start so.</param>
    /// <exception cref="InvalidOperationException">A script failed; that script's changes are undone.</exception>
    /// <exception cref="StoredFileException">The file can't be read or written, or is none of SQLite's.</exception>
    public static void Apply(string path, Assembly assembly, string folder)
    {
        try
        {
            // WAL stays with the file; it can't be set inside a script's transaction.
            JournalFile.OpenWriter(path).Dispose();
        }
        catch (SqliteException e)
        {
            throw new StoredFileException(path, e);
        }

        var upgrade = DeployChanges
            .To.SqliteDatabase(JournalFile.Text(path, SqliteOpenMode.ReadWrite))
            .WithScriptsEmbeddedInAssembly(assembly, name => name.StartsWith(folder, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build();
        var result = upgrade.PerformUpgrade();
        if (!result.Successful)
        {
            if (result.Error is SqliteException)
            {
                throw new StoredFileException(path, result.Error);
            }

            throw new InvalidOperationException(
                $"数据库 {path} 升级失败 / The schema of {path} could not be upgraded: {result.ErrorScript?.Name}: {result.Error.Message}",
                result.Error
            );
        }
    }
}
