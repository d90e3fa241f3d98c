using System.Globalization;
using Npgsql;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>The server that tests, benchmarks and developers start.</summary>
public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task Start_TakesAQuarterOfTheMemoryAndLeavesNothingWhereItIsCalled()
    {
        await using var own = new PrivatePostgres();
        await using var source = NpgsqlDataSource.Create($"{await own.NewDatabaseAsync()};Database=postgres");
        await using var command = source.CreateCommand("SELECT setting::integer / 128 FROM pg_settings WHERE name = 'shared_buffers'");
        var memory = long.Parse(
            File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe((int)Math.Min(4096, memory / 4096));

        // A comparison in a script's print is a file of that name.
        Directory.GetFiles(".").Where(file => long.TryParse(Path.GetFileName(file), CultureInfo.InvariantCulture, out _)).ShouldBeEmpty();
    }
}
