using System.Text.Json;
using Npgsql;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>SQL by hand: one prepared statement a step writes the case's row and its history row, one round trip and one commit.</summary>
internal sealed class NpgsqlContender(Ground ground) : IContender
{
    private const string Schema = """
        CREATE TABLE cases (id bigint PRIMARY KEY, version integer NOT NULL, step text NOT NULL, body text NOT NULL) WITH (fillfactor = 70);
        CREATE TABLE history (case_id bigint, version integer, kind text NOT NULL, at timestamptz NOT NULL, payload text NOT NULL,
            PRIMARY KEY (case_id, version));
        """;

    private const string Open = """
        WITH opened AS (INSERT INTO cases (id, version, step, body) VALUES ($1, $2, $3, $6))
        INSERT INTO history (case_id, version, kind, at, payload) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string Change = """
        WITH changed AS (UPDATE cases SET version = $2, step = $3 WHERE id = $1 AND version = $2 - 1 RETURNING id)
        INSERT INTO history (case_id, version, kind, at, payload) SELECT id, $2, $3, $4, $5 FROM changed
        """;

    private static readonly string Body = new('b', 560);

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresPool.Tuned(ground));
    private readonly CaseNumbers numbers = new();

    public KeptSteps Kept { get; } = new("SELECT count(*) FROM history");

    public async Task StartAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new NumberedLane(numbers, TakeAsync));

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task TakeAsync(CaseEvent happened, Step step)
    {
        await using var command = source.CreateCommand(step == Step.Open ? Open : Change);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = happened.Case });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = happened.Version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = happened.Kind });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = happened.At.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(happened, CaseJson.Default.CaseEvent) });
        if (step == Step.Open)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Body });
        }

        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException($"Case {happened.Case} has moved on.");
        }
    }
}
