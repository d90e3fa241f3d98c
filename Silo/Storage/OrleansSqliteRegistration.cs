using Microsoft.Extensions.DependencyInjection.Extensions;
using TownReform.Grains.Journal.Snapshots;

namespace TownReform.Silo.Storage;

/// <summary>Puts snapshots and reminders of the live town on SQLite, through Orleans' ADO.NET providers.</summary>
public static class OrleansSqliteRegistration
{
    /// <summary>The provider's name for SQLite; it loads Microsoft.Data.Sqlite all the same.</summary>
    private const string Invariant = "System.Data.SQLite";

    /// <summary>Needs the folder that AddWorlds was given. A silo without one uses in-memory reminders and no snapshots instead.</summary>
    public static ISiloBuilder UseOrleansSqlite(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton<OrleansSqlite>();
        silo.AddAdoNetGrainStorage(
            SnapshotStorage.Name,
            options =>
                options.Configure<OrleansSqlite>(
                    (storage, file) =>
                    {
                        storage.Invariant = Invariant;
                        storage.DataSource = file.Source;
                        storage.GrainStorageSerializer = new SnapshotBytes();
                    }
                )
        );
        silo.UseAdoNetReminderService(options =>
            options.Configure<OrleansSqlite>(
                (reminders, file) =>
                {
                    reminders.Invariant = Invariant;
                    reminders.DataSource = file.Source;
                }
            )
        );
        return silo;
    }
}
