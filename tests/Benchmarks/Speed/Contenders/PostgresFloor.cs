using Npgsql;
using NpgsqlTypes;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Rows written to PostgreSQL with nothing around them: by binary COPY, many to a commit, or one prepared INSERT each, as pgbench
/// does.</summary>
internal sealed class PostgresFloor(Ground ground, bool copy) : IContender
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(PostgresPool.Tuned(ground));
    private readonly CaseNumbers numbers = new();

    public KeptSteps Kept => FloorRows.Kept;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "CREATE TABLE journal (case_id bigint, version integer, payload text NOT NULL, PRIMARY KEY (case_id, version))"
        );
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<ILane> NewLaneAsync()
    {
        var connection = await source.OpenConnectionAsync();
        return copy ? new CopyLane(connection, numbers) : await InsertLane.PrepareAsync(connection, numbers);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private sealed class CopyLane(NpgsqlConnection connection, CaseNumbers numbers) : ILane
    {
        public async Task StepAsync(Step step)
        {
            await using var rows = await connection.BeginBinaryImportAsync(
                "COPY journal (case_id, version, payload) FROM STDIN (FORMAT binary)"
            );
            for (var n = 0; n < FloorRows.Batch; n++)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(numbers.Next(), NpgsqlDbType.Bigint);
                await rows.WriteAsync(1, NpgsqlDbType.Integer);
                await rows.WriteAsync(FloorRows.Payload, NpgsqlDbType.Text);
            }

            await rows.CompleteAsync();
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }

    private sealed class InsertLane(NpgsqlConnection connection, NpgsqlCommand command, CaseNumbers numbers) : ILane
    {
        private readonly NpgsqlParameter<long> number = (NpgsqlParameter<long>)command.Parameters[0];

        public static async Task<InsertLane> PrepareAsync(NpgsqlConnection connection, CaseNumbers numbers)
        {
            var command = new NpgsqlCommand("INSERT INTO journal (case_id, version, payload) VALUES ($1, 1, $2)", connection);
            command.Parameters.Add(new NpgsqlParameter<long>());
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = FloorRows.Payload });
            await command.PrepareAsync();
            return new InsertLane(connection, command, numbers);
        }

        public Task StepAsync(Step step)
        {
            number.TypedValue = numbers.Next();
            return command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await command.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
