using NpgsqlTypes;
using TownReform.Grains.Journal.Writing;
using static NpgsqlTypes.NpgsqlDbType;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>A record of a commit.</summary>
/// <param name="Index">Of its append in the batch.</param>
/// <param name="Looks">Whether the record before has to be looked up.</param>
internal readonly record struct CommitRecord(int Index, bool Looks, JournalRecord Record);

/// <summary>What goes into commit_records, in the order of its parameters.</summary>
internal static class CommitColumns
{
    public static ArrayColumns<CommitRecord> Records(ArrayCall call) =>
        new ArrayColumns<CommitRecord>(call)
            .With(Integer, static row => row.Index)
            .With(NpgsqlDbType.Boolean, static row => row.Looks)
            .With(Text, static row => row.Record.Stream)
            .With(Bigint, static row => row.Record.Version)
            .With(Text, static row => Moment.Text(row.Record.At))
            .With(Text, static row => row.Record.Kind)
            .With(Text, static row => row.Record.ActorId)
            .With(Text, static row => row.Record.ActorOffice)
            .With(Text, static row => row.Record.ActorFor)
            .With(Uuid, static row => row.Record.CommandId)
            .With(Text, static row => row.Record.Payload)
            .With(Bytea, static row => row.Record.PreviousHash)
            .With(Bytea, static row => row.Record.Hash)
            .With(Text, static row => row.Record.ReceivedAt is { } moment ? Moment.Text(moment) : null)
            .With(Text, static row => row.Record.Late)
            .With(Bytea, static row => row.Record.Digest?.ToArray());

    /// <summary>Cases that open.</summary>
    public static ArrayColumns<CaseRow> Openings(ArrayCall call) =>
        new ArrayColumns<CaseRow>(call)
            .With(Text, static row => row.Number)
            .With(Text, static row => row.Town)
            .With(Text, static row => row.Procedure)
            .With(Text, static row => row.Kind)
            .With(Text, static row => row.Subject)
            .With(Text, static row => row.PartyId)
            .With(Text, static row => Moment.Text(row.OpenedAt))
            .With(Uuid, static row => row.OpenedBy);
}
