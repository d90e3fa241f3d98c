using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;
using static NpgsqlTypes.NpgsqlDbType;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Where a case stands.</summary>
/// <param name="version">The record that the row shows.</param>
internal readonly ref struct StandingRow(CaseImage row, long version)
{
    public CaseImage Row { get; } = row;

    public long Version => version;
}

/// <summary>An effect that waits for its delivery.</summary>
internal readonly ref struct EffectRow(EffectImage effect, long id)
{
    public EffectImage Effect { get; } = effect;

    public long Id => id;
}

/// <summary>What goes into follow_commits, in the order of its parameters.</summary>
internal static class FollowColumns
{
    public static ArrayColumns<StandingRow> Standing(ArrayCall call) =>
        new ArrayColumns<StandingRow>(call)
            .With(Text, static it => it.Row.Number.ToString())
            .With(Bigint, static it => it.Version)
            .With(Text, static it => it.Row.Step.ToString())
            .With(Smallint, static it => (short)it.Row.Disposition)
            .With(Text, static it => it.Row.Workplace.OrNull())
            .With(Smallint, static it => (short)it.Row.Colour)
            .With(Text, static it => it.Row.PartyName.ToString())
            .With(Text, static it => it.Row.Certificate.OrNull())
            .With(Text, static it => Moment.Text(it.Row.OpenedAt))
            .With(Text, static it => Moment.Text(it.Row.ChangedAt))
            .With(Text, static it => it.Row.Work.IsThere ? Moment.Text(it.Row.WorkSince) : null)
            .With(Text, static it => it.Row.Work.OrNull())
            .With(Text, static it => it.Row.Labels.OrNull());

    public static ArrayColumns<EffectRow> Effects(ArrayCall call) =>
        new ArrayColumns<EffectRow>(call)
            .With(Bigint, static it => it.Id)
            .With(Text, static it => it.Effect.Stream.ToString())
            .With(Bigint, static it => it.Effect.Version)
            .With(Integer, static it => it.Effect.Ordinal)
            .With(Text, static it => it.Effect.TargetType.ToString())
            .With(Text, static it => it.Effect.TargetKey.ToString())
            .With(Text, static it => Moment.Text(it.Effect.At))
            .With(Text, static it => it.Effect.Json.ToString());
}
