using Npgsql;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What redo has beyond the tables of a world, for whoever reads both in one snapshot.</summary>
internal sealed class UnappliedRows(string world)
{
    private readonly Dictionary<string, (CaseRow Row, long Version)> rows = new(StringComparer.Ordinal);

    /// <summary>Effects that left with them. Whether they have arrived meanwhile nobody can tell from here.</summary>
    public long Effects { get; private set; }

    /// <returns>What can't be read of it; null when all could.</returns>
    public ScannedUnreadable? Take(long writer, long no, byte[] frame)
    {
        try
        {
            var commit = RedoTable.Read(writer, no, frame);
            Effects += commit.Frame.Effects;
            foreach (var append in commit.Read().Where(append => append.Row is not null && append.World == world))
            {
                if (!rows.TryGetValue(append.Row!.Number, out var known) || known.Version < append.Version)
                {
                    rows[append.Row.Number] = (append.Row, append.Version);
                }
            }

            return null;
        }
        catch (Exception e) when (e is not (NpgsqlException or OutOfMemoryException))
        {
            return new ScannedUnreadable(ScannedRows.Broken($"redo {writer}", null, no, e.Message), OfRecord: false);
        }
    }

    /// <returns>The row of a case, where it is later than the tables'; else null.</returns>
    public CaseRow? Of(string number, long version) =>
        rows.TryGetValue(number, out var ahead) && ahead.Version > version ? ahead.Row : null;
}
