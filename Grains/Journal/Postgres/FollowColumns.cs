using NpgsqlTypes;
using TownReform.Grains.Journal.Redo;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Columns of where cases stand, in the order of follow_commits' parameters.</summary>
internal sealed class StandingColumns(ArrayCall call)
{
    private readonly List<string> number = call.List<string>(NpgsqlDbType.Text);
    private readonly List<long> shows = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<string> step = call.List<string>(NpgsqlDbType.Text);
    private readonly List<short> disposition = call.List<short>(NpgsqlDbType.Smallint);
    private readonly List<string?> workplace = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<short> colour = call.List<short>(NpgsqlDbType.Smallint);
    private readonly List<string> partyName = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string?> certificate = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<string> openedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> changedAt = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string?> since = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<string?> work = call.List<string?>(NpgsqlDbType.Text);
    private readonly List<string?> labels = call.List<string?>(NpgsqlDbType.Text);

    /// <param name="version">The record that the row shows.</param>
    public void Add(CaseImage row, long version)
    {
        number.Add(row.Number.ToString());
        shows.Add(version);
        step.Add(row.Step.ToString());
        disposition.Add((short)row.Disposition);
        workplace.Add(row.Workplace.OrNull());
        colour.Add((short)row.Colour);
        partyName.Add(row.PartyName.ToString());
        certificate.Add(row.Certificate.OrNull());
        openedAt.Add(Moment.Text(row.OpenedAt));
        changedAt.Add(Moment.Text(row.ChangedAt));
        since.Add(row.Work.IsThere ? Moment.Text(row.WorkSince) : null);
        work.Add(row.Work.OrNull());
        labels.Add(row.Labels.OrNull());
    }

    public void Clear()
    {
        number.Clear();
        shows.Clear();
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
        labels.Clear();
    }
}

/// <summary>Columns of effects that wait for their delivery.</summary>
internal sealed class EffectColumns(ArrayCall call)
{
    private readonly List<long> id = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<string> stream = call.List<string>(NpgsqlDbType.Text);
    private readonly List<long> version = call.List<long>(NpgsqlDbType.Bigint);
    private readonly List<int> ordinal = call.List<int>(NpgsqlDbType.Integer);
    private readonly List<string> targetType = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> targetKey = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> at = call.List<string>(NpgsqlDbType.Text);
    private readonly List<string> effect = call.List<string>(NpgsqlDbType.Text);

    public void Add(EffectImage stored, long place)
    {
        id.Add(place);
        stream.Add(stored.Stream.ToString());
        version.Add(stored.Version);
        ordinal.Add(stored.Ordinal);
        targetType.Add(stored.TargetType.ToString());
        targetKey.Add(stored.TargetKey.ToString());
        at.Add(Moment.Text(stored.At));
        effect.Add(stored.Json.ToString());
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
