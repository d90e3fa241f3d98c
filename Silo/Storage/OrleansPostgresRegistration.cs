using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Journal.Snapshots;

namespace TownReform.Silo.Storage;

/// <summary>Puts membership, snapshots and reminders of a cluster on PostgreSQL, through Orleans' ADO.NET providers.</summary>
public static class OrleansPostgresRegistration
{
    private const string Invariant = "Npgsql";

    /// <param name="connectionString">The database; it is brought to the newest schema when the silo is built.</param>
    public static ISiloBuilder UseOrleansPostgres(this ISiloBuilder silo, string connectionString)
    {
        silo.Services.AddSingleton(_ => new OrleansPostgres(connectionString));
        silo.AddAdoNetGrainStorage(
            SnapshotStorage.Name,
            options =>
                options.Configure<OrleansPostgres>(
                    (storage, database) =>
                    {
                        storage.Invariant = Invariant;
                        storage.DataSource = database.Source;
                        storage.GrainStorageSerializer = new SnapshotBytes();
                    }
                )
        );
        silo.UseAdoNetReminderService(options =>
            options.Configure<OrleansPostgres>(
                (reminders, database) =>
                {
                    reminders.Invariant = Invariant;
                    reminders.DataSource = database.Source;
                }
            )
        );
        silo.UseAdoNetClustering(options =>
            options.Configure<OrleansPostgres>(
                (clustering, database) =>
                {
                    clustering.Invariant = Invariant;
                    clustering.DataSource = database.Source;
                }
            )
        );
        return silo;
    }
}
