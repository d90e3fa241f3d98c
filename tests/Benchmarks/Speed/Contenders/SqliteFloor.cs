using Microsoft.Data.Sqlite;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Rows written to SQLite by one thread with nothing around them: WAL, synchronous=FULL, many prepared inserts to a
/// commit.</summary>
internal sealed class SqliteFloor(Ground ground) : IContender
{
    private readonly SqliteConnection connection = new(
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(ground.Place, FloorRows.Kept.File), Pooling = false }.ToString()
    );

    public KeptSteps Kept => FloorRows.Kept;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE journal (seq INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, version INTEGER NOT NULL, payload TEXT NOT NULL);
            CREATE UNIQUE INDEX journal_fence ON journal (case_id, version);
            """;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new Lane(connection));

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private sealed class Lane : ILane
    {
        private readonly SqliteCommand begin;
        private readonly SqliteCommand insert;
        private readonly SqliteCommand commit;
        private readonly SqliteParameter number;
        private readonly CaseNumbers numbers = new();

        public Lane(SqliteConnection connection)
        {
            begin = new SqliteCommand("BEGIN IMMEDIATE", connection);
            commit = new SqliteCommand("COMMIT", connection);
            insert = new SqliteCommand("INSERT INTO journal (case_id, version, payload) VALUES ($case, 1, $payload)", connection);
            number = insert.Parameters.Add("$case", SqliteType.Integer);
            insert.Parameters.AddWithValue("$payload", FloorRows.Payload);
            insert.Prepare();
        }

        public Task StepAsync(Step step)
        {
            begin.ExecuteNonQuery();
            for (var n = 0; n < FloorRows.Batch; n++)
            {
                number.Value = numbers.Next();
                insert.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            begin.Dispose();
            insert.Dispose();
            commit.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
