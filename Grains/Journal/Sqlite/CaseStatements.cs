using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Keeps the case index and the open work in step with the record, in the record's own commit.</summary>
internal sealed class CaseStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement open = new(connection, """
        INSERT INTO cases (world, number, town, procedure, kind, subject, party_id, opened_at, opened_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """);

    private readonly Statement begin = new(connection, """
        INSERT INTO standing (world, number, step, disposition, colour, party_name, certificate, changed_at, since, work, workplace, opened_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """);

    // A column that is set has its index rewritten even when the value is the same. Most steps stay at their workplace.
    private readonly Statement stay = new(connection, """
        UPDATE standing SET step = ?3, disposition = ?4, colour = ?5, party_name = ?6, certificate = ?7, changed_at = ?8, since = ?9, work = ?10
        WHERE world = ?1 AND number = ?2
        """);

    private readonly Statement move = new(connection, """
        UPDATE standing SET step = ?3, disposition = ?4, colour = ?5, party_name = ?6, certificate = ?7, changed_at = ?8, since = ?9, work = ?10, workplace = ?11
        WHERE world = ?1 AND number = ?2
        """);

    /// <param name="before">Where the writer knows the case to stand; null when it doesn't know.</param>
    public void Put(string world, CaseRow row, StoredWork? work, KnownHead? before)
    {
        if (before is not null && before.Workplace == row.Workplace && Bind(stay, world, row, work).Run() == 1)
        {
            return;
        }

        if (Bind(move, world, row, work).Text(11, row.Workplace).Run() == 0)
        {
            Open(world, row, work);
        }
    }

    /// <summary>A case that is new: its row that stays, and the first of those that change.</summary>
    public void Open(string world, CaseRow row, StoredWork? work)
    {
        open
            .Text(1, world)
            .Text(2, row.Number)
            .Text(3, row.Town)
            .Text(4, row.Procedure)
            .Text(5, row.Kind)
            .Text(6, row.Subject)
            .Text(7, row.PartyId)
            .Instant(8, row.OpenedAt)
            .Id(9, row.OpenedBy)
            .Run();
        Bind(begin, world, row, work).Text(11, row.Workplace).Instant(12, row.OpenedAt).Run();
    }

    public void Dispose()
    {
        open.Dispose();
        begin.Dispose();
        stay.Dispose();
        move.Dispose();
    }

    private static Statement Bind(Statement statement, string world, CaseRow row, StoredWork? work)
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
        return work is null ? statement.Null(9).Null(10) : statement.Instant(9, work.Since).Utf8(10, work.Json);
    }
}
