using Npgsql;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The silo that a writer belongs to, as the membership table names it.</summary>
public sealed record WriterName(string Address, int Port, int Generation)
{
    /// <summary>Registers a writer for the silo, and closes the one of its predecessor.</summary>
    /// <exception cref="PostgresUnusableException">The server can't be reached or used.</exception>
    internal WriterPosition Register(string connectionString)
    {
        try
        {
            using var source = NpgsqlDataSource.Create(connectionString);
            ClosePredecessor(source);
            return Register(source);
        }
        catch (NpgsqlException e)
        {
            throw new PostgresUnusableException(connectionString, e);
        }
    }

    // A silo on the same address and port is this one's predecessor; it can't be running any more.
    private void ClosePredecessor(NpgsqlDataSource source)
    {
        using var close = source.CreateCommand(
            "UPDATE writers SET closed = true WHERE address = $1 AND port = $2 AND generation < $3 AND NOT closed"
        );
        Name(close);
        close.ExecuteNonQuery();
    }

    // One of the same generation is this silo itself, whose first attempt to open the world failed after it had been registered: it goes on
    // where that stands.
    private WriterPosition Register(NpgsqlDataSource source)
    {
        using var register = source.CreateCommand(
            "INSERT INTO writers AS w (address, port, generation) VALUES ($1, $2, $3) ON CONFLICT (address, port, generation) DO "
                + "UPDATE SET started_at = now() RETURNING w.id, w.tx, w.commit_no, w.root"
        );
        Name(register);
        using var reader = register.ExecuteReader();
        reader.Read();
        return new WriterPosition(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
    }

    private void Name(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue(Address);
        command.Parameters.AddWithValue(Port);
        command.Parameters.AddWithValue(Generation);
    }
}
