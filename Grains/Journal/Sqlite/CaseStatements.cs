using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Sqlite;

/// <summary>Keeps the case index and the open work in step with the record, in the record's own commit.</summary>
internal sealed class CaseStatements(SqliteConnection connection) : IDisposable
{
    // Town, procedure, kind, subject, party and opening never change. Not to set them spares their indexes at every step.
    private readonly Statement putCase = new(connection, """
        INSERT INTO cases (world, number, town, procedure, kind, subject, step, disposition, workplace, colour, party_id, party_name, certificate, opened_at, changed_at, opened_by)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT (world, number) DO UPDATE SET
            step = excluded.step, disposition = excluded.disposition, workplace = excluded.workplace, colour = excluded.colour,
            party_name = excluded.party_name, certificate = excluded.certificate, changed_at = excluded.changed_at
        """);

    private readonly Statement putWork = new(connection, """
        INSERT INTO work (world, case_number, workplace, version, step, item, role, hands, certificates, not_by, prefer, green, since, look_on, due, officers)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT (world, case_number) DO UPDATE SET
            workplace = excluded.workplace, version = excluded.version, step = excluded.step, item = excluded.item, role = excluded.role,
            hands = excluded.hands, certificates = excluded.certificates, not_by = excluded.not_by, prefer = excluded.prefer, green = excluded.green,
            since = excluded.since, look_on = excluded.look_on, due = excluded.due, officers = excluded.officers
        """);

    private readonly Statement endWork = new(connection, "DELETE FROM work WHERE world = ?1 AND case_number = ?2");

    public void Put(string world, CaseRow row, StoredWork? work)
    {
        putCase
            .Text(1, world)
            .Text(2, row.Number)
            .Text(3, row.Town)
            .Text(4, row.Procedure)
            .Text(5, row.Kind)
            .Text(6, row.Subject)
            .Text(7, row.Step)
            .Number(8, (int)row.Disposition)
            .Text(9, row.Workplace)
            .Number(10, (int)row.Colour)
            .Text(11, row.PartyId)
            .Text(12, row.PartyName)
            .Text(13, row.Certificate)
            .Text(14, Moment.Text(row.OpenedAt))
            .Text(15, Moment.Text(row.ChangedAt))
            .Text(16, row.OpenedBy.ToString("D"))
            .Run();
        if (work is null)
        {
            endWork.Text(1, world).Text(2, row.Number).Run();
        }
        else
        {
            Put(world, row.Number, work);
        }
    }

    public void Dispose()
    {
        putCase.Dispose();
        putWork.Dispose();
        endWork.Dispose();
    }

    private void Put(string world, string number, StoredWork work)
    {
        var item = work.Item;
        putWork
            .Text(1, world)
            .Text(2, number)
            .Text(3, work.Workplace)
            .Number(4, item.Version)
            .Text(5, item.Step)
            .Text(6, item.Item)
            .Text(7, item.Role)
            .Number(8, item.Hands)
            .Utf8(9, work.Certificates)
            .Utf8(10, work.NotBy)
            .Text(11, item.Prefer)
            .Number(12, item.Green ? 1 : 0)
            .Text(13, Moment.Text(item.Since))
            .Text(14, Moment.Text(item.LookOn))
            .Text(15, Moment.Text(item.Due))
            .Utf8(16, work.Officers)
            .Run();
    }
}
