using NpgsqlTypes;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Rows that go to the server as one array per column, in the order of the function's parameters.</summary>
internal sealed class ArrayColumns<TRow>(ArrayCall call)
    where TRow : allows ref struct
{
    private readonly List<Action<TRow>> adding = [];
    private readonly List<Action> clearing = [];

    /// <summary>The next column.</summary>
    public ArrayColumns<TRow> With<T>(NpgsqlDbType type, Func<TRow, T> read)
    {
        var values = call.List<T>(type);
        adding.Add(row => values.Add(read(row)));
        clearing.Add(values.Clear);
        return this;
    }

    public void Add(TRow row)
    {
        foreach (var add in adding)
        {
            add(row);
        }
    }

    public void Clear() => clearing.ForEach(static clear => clear());
}
