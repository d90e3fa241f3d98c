using Npgsql;
using NpgsqlTypes;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>A call of a function of the schema that takes many rows: one array per column, filled anew for each call and never let
/// go.</summary>
internal abstract class ArrayCall(string function) : IDisposable
{
    private readonly NpgsqlCommand command = new();

    /// <summary>Prepares the call for a connection that makes it again and again.</summary>
    public void Prepare(NpgsqlConnection connection)
    {
        Use(connection);
        command.Prepare();
    }

    /// <summary>The call is made over a connection.</summary>
    public void Use(NpgsqlConnection connection)
    {
        command.Connection = connection;
        command.CommandText = $"SELECT {function}({string.Join(", ", Enumerable.Range(1, command.Parameters.Count).Select(n => $"${n}"))})";
    }

    public void Dispose() => command.Dispose();

    /// <summary>A column that goes to the server as an array.</summary>
    internal List<T> List<T>(NpgsqlDbType type)
    {
        var list = new List<T>();
        command.Parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = list });
        return list;
    }

    /// <summary>A single value.</summary>
    protected NpgsqlParameter<T> Value<T>(NpgsqlDbType type)
    {
        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Makes the call with what it was filled with.</summary>
    protected object? Run() => command.ExecuteScalar();

    /// <inheritdoc cref="Run"/>
    protected Task<object?> RunAsync(CancellationToken cancellation) => command.ExecuteScalarAsync(cancellation);
}
