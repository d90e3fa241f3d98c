using Npgsql;
using NpgsqlTypes;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The call that brings commits of one writer into the tables.</summary>
internal sealed class FollowCall : ArrayCall, IProjectedRows
{
    /// <summary>The state of a call that failed because not all of its commits are there to follow any more.</summary>
    public const string OthersWereFaster = "TR003";

    private readonly NpgsqlParameter<long> first;
    private readonly NpgsqlParameter<long> last;
    private readonly NpgsqlParameter<long> commits;
    private readonly ArrayColumns<StandingRow> standing;
    private readonly ArrayColumns<EffectRow> effects;
    private readonly List<long> arrived;
    private readonly Projection projection = new();

    public FollowCall(string world, long writer)
        : base("follow_commits")
    {
        Value<long>(NpgsqlDbType.Bigint).TypedValue = writer;
        first = Value<long>(NpgsqlDbType.Bigint);
        last = Value<long>(NpgsqlDbType.Bigint);
        commits = Value<long>(NpgsqlDbType.Bigint);
        Value<string>(NpgsqlDbType.Text).TypedValue = world;
        standing = FollowColumns.Standing(this);
        effects = FollowColumns.Effects(this);
        arrived = List<long>(NpgsqlDbType.Bigint);
    }

    /// <param name="followed">In their order.</param>
    /// <param name="gone">Effects that have arrived.</param>
    public void Fill(IReadOnlyCollection<RedoCommit> followed, IReadOnlySet<long> gone)
    {
        standing.Clear();
        effects.Clear();
        arrived.Clear();
        (first.TypedValue, last.TypedValue, commits.TypedValue) =
            followed.Count > 0 ? (followed.First().No, followed.Last().No, followed.Count) : (1, 0, 0);
        projection.Run(followed, gone, this);
    }

    /// <summary>Brings what it was filled with into the tables, all or nothing.</summary>
    public void Follow() => Run();

    /// <inheritdoc cref="Follow"/>
    public Task FollowAsync(CancellationToken cancellation) => RunAsync(cancellation);

    // Records and commits went into their tables with commit_records.
    void IProjectedRows.Record(in RecordImage record, StoredText world, StoredText stream, long seq, long commit) { }

    void IProjectedRows.Commit(RedoFrame frame) { }

    void IProjectedRows.Effect(in EffectImage effect, StoredText world, long id) => effects.Add(new EffectRow(effect, id));

    void IProjectedRows.Arrived(long id) => arrived.Add(id);

    void IProjectedRows.Case(string world, string number, in CaseImage row, long version, bool isNew) =>
        standing.Add(new StandingRow(row, version));
}
