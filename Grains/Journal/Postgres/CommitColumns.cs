using NpgsqlTypes;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Columns of the records of a commit, in the order of record_commit's parameters.</summary>
internal sealed class RecordColumns(CommitArrays call)
{
    private readonly List<int> append = call.List<int>(NpgsqlDbType.Integer);
    private readonly List<bool> look = call.List<bool>(NpgsqlDbType.Boolean);
    private readonly List<string> stream = call.List<string>(NpgsqlDbType.Text);
    private readonly List<long> version = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<string> at = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> kind = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> actorId = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> actorOffice = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string?> actorFor = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<Guid> command = call.List<Guid>(NpgsqlDbType.Uuid);
    private readonly List<ReadOnlyMemory<byte>> payload = call.List<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);
    private readonly List<ReadOnlyMemory<byte>> previous = call.List<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
    private readonly List<ReadOnlyMemory<byte>> hash = call.List<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);

    public int Count => append.Count;

    /// <param name="looks">Whether the record before has to be looked up.</param>
    public void Add(JournalRecord record, int place, bool looks)
    {
        append.Add(place);
        look.Add(looks);
        stream.Add(record.Stream);
        version.Add(record.Version);
        at.Add(Moment.Text(record.At));
        kind.Add(record.Kind);
        actorId.Add(record.ActorId);
        actorOffice.Add(record.ActorOffice);
        actorFor.Add(record.ActorFor);
        command.Add(record.CommandId);
        payload.Add(record.Payload);
        previous.Add(record.PreviousHash);
        hash.Add(record.Hash);
    }

    public void Clear()
    {
        append.Clear();
        look.Clear();
        stream.Clear();
        version.Clear();
        at.Clear();
        kind.Clear();
        actorId.Clear();
        actorOffice.Clear();
        actorFor.Clear();
        command.Clear();
        payload.Clear();
        previous.Clear();
        hash.Clear();
    }
}

/// <summary>Columns of the case index: of cases that open, and of where cases stand.</summary>
internal sealed class CaseColumns(CommitArrays call)
{
    private readonly List<string> newNumber = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> town = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> procedure = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> kind = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> subject = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> partyId = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> newOpenedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<Guid> openedBy = call.List<Guid>(NpgsqlDbType.Uuid);
    private readonly List<string> number = call.List<string>(NpgsqlDbType.Text);
    private readonly List<bool> opening = call.List<bool>(NpgsqlDbType.Boolean);
    private readonly List<string> step = call.List<string>(NpgsqlDbType.Text);
    private readonly List<short> disposition = call.List<short>(NpgsqlDbType.Smallint);
    private readonly List<string?> workplace = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<short> colour = call.List<short>(NpgsqlDbType.Smallint);
    private readonly List<string> partyName = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string?> certificate = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<string> openedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> changedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string?> since = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<byte[]?> work = call.List<byte[]?>(NpgsqlDbType.Text);

    public void Add(CaseRow row, StoredWork? item, bool opens)
    {
        var opened = Moment.Text(row.OpenedAt);
        if (opens)
        {
            newNumber.Add(row.Number);
            town.Add(row.Town);
            procedure.Add(row.Procedure);
            kind.Add(row.Kind);
            subject.Add(row.Subject);
            partyId.Add(row.PartyId);
            newOpenedAt.Add(opened);
            openedBy.Add(row.OpenedBy);
        }

        number.Add(row.Number);
        opening.Add(opens);
        step.Add(row.Step);
        disposition.Add((short)row.Disposition);
        workplace.Add(row.Workplace);
        colour.Add((short)row.Colour);
        partyName.Add(row.PartyName);
        certificate.Add(row.Certificate);
        openedAt.Add(opened);
        changedAt.Add(Moment.Text(row.ChangedAt));
        since.Add(item is null ? null : Moment.Text(item.Since));
        work.Add(item?.Json);
    }

    public void Clear()
    {
        newNumber.Clear();
        town.Clear();
        procedure.Clear();
        kind.Clear();
        subject.Clear();
        partyId.Clear();
        newOpenedAt.Clear();
        openedBy.Clear();
        number.Clear();
        opening.Clear();
        step.Clear();
        disposition.Clear();
        workplace.Clear();
        colour.Clear();
        partyName.Clear();
        certificate.Clear();
        openedAt.Clear();
        changedAt.Clear();
        since.Clear();
        work.Clear();
    }
}

/// <summary>Columns of the effects that leave with a commit.</summary>
internal sealed class EffectColumns(CommitArrays call)
{
    private readonly List<long> id = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<string> stream = call.List<string>(NpgsqlDbType.Text);
    private readonly List<long> version = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<int> ordinal = call.List<int>(NpgsqlDbType.Integer);
    private readonly List<string> targetType = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> targetKey = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> at = call.List<string>(NpgsqlDbType.Text);
    private readonly List<ReadOnlyMemory<byte>> effect = call.List<ReadOnlyMemory<byte>>(NpgsqlDbType.Text);

    public int Count => id.Count;

    public void Add(StoredEffect stored)
    {
        var delivery = stored.Delivery;
        id.Add(stored.Id);
        stream.Add(delivery.Id.Stream);
        version.Add(delivery.Id.Version);
        ordinal.Add(delivery.Id.Ordinal);
        targetType.Add(delivery.TargetType);
        targetKey.Add(delivery.TargetKey);
        at.Add(Moment.Text(delivery.At));
        effect.Add(stored.Json);
    }

    public void Clear()
    {
        id.Clear();
        stream.Clear();
        version.Clear();
        ordinal.Clear();
        targetType.Clear();
        targetKey.Clear();
        at.Clear();
        effect.Clear();
    }
}
