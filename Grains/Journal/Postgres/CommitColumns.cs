using NpgsqlTypes;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Columns of the records of a commit, in the order of commit_records' parameters.</summary>
internal sealed class RecordColumns(ArrayCall call)
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
    private readonly List<string?> received = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<string?> late = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<byte[]?> digest = call.List<byte[]?>(NpgsqlDbType.Bytea);

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
        received.Add(record.ReceivedAt is { } moment ? Moment.Text(moment) : null);
        late.Add(record.Late);
        digest.Add(record.Digest?.ToArray());
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
        received.Clear();
        late.Clear();
        digest.Clear();
    }
}

/// <summary>Columns of cases that open.</summary>
internal sealed class OpeningColumns(ArrayCall call)
{
    private readonly List<string> number = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> town = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> procedure = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> kind = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> subject = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> partyId = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> openedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<Guid> openedBy = call.List<Guid>(NpgsqlDbType.Uuid);

    public void Add(CaseRow row)
    {
        number.Add(row.Number);
        town.Add(row.Town);
        procedure.Add(row.Procedure);
        kind.Add(row.Kind);
        subject.Add(row.Subject);
        partyId.Add(row.PartyId);
        openedAt.Add(Moment.Text(row.OpenedAt));
        openedBy.Add(row.OpenedBy);
    }

    public void Clear()
    {
        number.Clear();
        town.Clear();
        procedure.Clear();
        kind.Clear();
        subject.Clear();
        partyId.Clear();
        openedAt.Clear();
        openedBy.Clear();
    }
}
