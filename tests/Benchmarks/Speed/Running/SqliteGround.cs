using Microsoft.Data.Sqlite;

namespace TownReform.Benchmarks.Speed.Running;

/// <summary>A folder of its own for SQLite files.</summary>
internal sealed class SqliteGround(int cases, DirectoryInfo folder) : Ground(cases)
{
    public override string Place => folder.FullName;

    public override TimeSpan ServerTime => TimeSpan.Zero;

    public override Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;

    public override async Task<long> CountAsync(KeptSteps kept)
    {
        var file = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Place, kept.File),
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Contenders' constants.
        command.CommandText = kept.Sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public override ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
