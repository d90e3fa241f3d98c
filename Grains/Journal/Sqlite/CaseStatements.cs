using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Keeps the case index and the open work in step with the record.</summary>
internal sealed class CaseStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Cases whose workplace and labels are remembered. Beyond that all are forgotten: their index is written once more than it
    /// need be.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<string, (string Workplace, string? Labels)> known = new(StringComparer.Ordinal);

    private readonly Statement open = new(
        connection,
        """
        INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """
    );

    private readonly Statement begin = new(
        connection,
        """
        INSERT INTO standing (world, number, step, disposition, colour, party_name, certificate, changed_at, since, work, workplace,
            labels, opened_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """
    );

    // A column that is set has its index rewritten even when the value is the same. Most steps stay at their workplace, with their labels.
    private readonly Statement stay = new(
        connection,
        """
        UPDATE standing SET step = ?3, disposition = ?4, colour = ?5, party_name = ?6, certificate = ?7, changed_at = ?8, since = ?9,
            work = ?10
        WHERE world = ?1 AND number = ?2
        """
    );

    private readonly Statement move = new(
        connection,
        """
        UPDATE standing SET step = ?3, disposition = ?4, colour = ?5, party_name = ?6, certificate = ?7, changed_at = ?8, since = ?9,
            work = ?10, workplace = ?11, labels = ?12
        WHERE world = ?1 AND number = ?2
        """
    );

    /// <param name="isNew">True when the tables have no row of it yet.</param>
    public void Put(string world, string number, CaseImage row, bool isNew)
    {
        var (workplace, labels) = (row.Workplace.OrNull(), row.Labels.OrNull());
        if (isNew)
        {
            Open(world, row);
        }
        else if (
            !(known.TryGetValue(number, out var before) && before == (workplace!, labels) && Bind(stay, world, row).Run() == 1)
            && Bind(move, world, row).Text(11, row.Workplace).Text(12, row.Labels).Run() == 0
        )
        {
            Open(world, row);
        }

        Remember(number, workplace, labels);
    }

    /// <summary>What was put in has not been committed.</summary>
    public void Forget() => known.Clear();

    public void Dispose()
    {
        open.Dispose();
        begin.Dispose();
        stay.Dispose();
        move.Dispose();
    }

    // A case that is new: its row that stays, and the first of those that change.
    private void Open(string world, CaseImage row)
    {
        open.Text(1, world)
            .Text(2, row.Number)
            .Text(3, row.Town)
            .Text(4, row.Procedure)
            .Text(5, row.Kind)
            .Text(6, row.Subject)
            .Text(7, row.PartyId)
            .Instant(8, row.OpenedAt)
            .Id(9, row.OpenedBy)
            .Run();
        Bind(begin, world, row).Text(11, row.Workplace).Text(12, row.Labels).Instant(13, row.OpenedAt).Run();
    }

    private static Statement Bind(Statement statement, string world, CaseImage row)
    {
        statement
            .Text(1, world)
            .Text(2, row.Number)
            .Text(3, row.Step)
            .Number(4, (int)row.Disposition)
            .Number(5, (int)row.Colour)
            .Text(6, row.PartyName)
            .Text(7, row.Certificate)
            .Instant(8, row.ChangedAt);
        return row.Work.IsThere ? statement.Instant(9, row.WorkSince).Text(10, row.Work) : statement.Null(9).Null(10);
    }

    private void Remember(string number, string? workplace, string? labels)
    {
        if (workplace is null)
        {
            known.Remove(number);
            return;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[number] = (workplace, labels);
    }
}
