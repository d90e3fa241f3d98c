using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Live;

/// <summary>A third party reads the record on PostgreSQL itself, without a town that runs.</summary>
public sealed class AuditDatabaseTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>
{
    [Fact]
    public async Task Audit_OfADatabase_VerifiesShowsAndFindsWhatWasEdited()
    {
        var database = await RecordedAsync();
        var whole = await TypeAsync("audit verify --json", database);
        whole.Code.ShouldBe(ExitCode.Done, whole.Complained);
        using var report = JsonDocument.Parse(whole.Said);
        report.RootElement.GetProperty("records").GetInt64().ShouldBe(3);
        var checkpoint = $"{report.RootElement.GetProperty("lastCommit")}:{report.RootElement.GetProperty("lastRoot").GetString()}";
        (await TypeAsync($"audit verify --checkpoint {checkpoint}", database)).Code.ShouldBe(ExitCode.Done);
        (await TypeAsync("audit show case/YD00000001", database)).Said.ShouldContain("case.noted");
        (await TypeAsync("audit show case/YD00000009", database)).Code.ShouldBe(ExitCode.BadInput);
        (await TypeAsync("audit check", database)).Said.ShouldContain("3 records");

        await ChangeAsync(database, "UPDATE journal SET payload = '{\"note\":\"other\"}' WHERE version = 2");
        var edited = await TypeAsync("audit verify", database);
        edited.Code.ShouldBe(ExitCode.Refused);
        edited.Complained.ShouldContain("case/YD00000001 #2");
        (await TypeAsync("audit check", database)).Code.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Audit_OfWhatIsNoRecord_SaysWhatToCheck()
    {
        await server.StartAsync();
        var fresh = await server.NewDatabaseAsync();
        var nowhere = await TypeAsync("audit verify", "Host=127.0.0.1;Port=9;Username=u;Database=d");
        nowhere.Code.ShouldBe(ExitCode.Unreachable);
        nowhere.Complained.ShouldContain("--connection");
        var empty = await TypeAsync("audit check", new NpgsqlConnectionStringBuilder(fresh) { Database = "postgres" }.ToString());
        empty.Code.ShouldBe(ExitCode.BadInput);
        empty.Complained.ShouldContain("not a town's record");
        (await TypeAsync("audit verify", "nonsense")).Code.ShouldBe(ExitCode.BadInput);
        (await Typed.LineAsync("audit verify --lang en --file x.sqlite --connection Host=h")).Complained.ShouldContain(
            "either --file or --connection"
        );
    }

    private static Task<Typed> TypeAsync(string line, string connection) => Typed.LineAsync($"{line} --lang en --connection {connection}");

    private async Task<string> RecordedAsync()
    {
        var database = await server.NewDatabaseAsync();
        await using var world = new PostgresWorld(
            Address.Live,
            database,
            new WriterName("127.0.0.1", 1, 1),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );
        var head = JournalHead.None;
        for (var n = 1; n <= 3; n++)
        {
            var stamp = new Stamp(Guid.CreateVersion7(), Actor.System, new DateTimeOffset(2020, 5, 11, 9, n, 0, TimeSpan.Zero));
            head = await world.AppendAsync(
                new JournalAppend("case/YD00000001", head, [new NewEvent(stamp, "case.noted", "{\"note\":\"text\"}"u8.ToArray())], [])
            );
        }

        return database;
    }

    private static async Task ChangeAsync(string database, string text)
    {
        await using var source = NpgsqlDataSource.Create(database);
#pragma warning disable CA2100 // The test's own text.
        await using var command = source.CreateCommand(text);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private sealed class NoCourier : IEffectCourier
    {
        public Task DeliverAsync(ImmutableArray<Delivery> deliveries) => Task.CompletedTask;
    }
}
