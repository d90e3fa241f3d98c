using Npgsql;
using NpgsqlTypes;
using TownReform.Grains.Journal.Redo;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>The call that brings commits of one writer into the tables. Of a case that moves several times among them only the last row is
/// written.</summary>
internal sealed class FollowCall : ArrayCall
{
    /// <summary>The state of a call that failed because not all of its commits are there to follow any more.</summary>
    public const string OthersWereFaster = "TR003";

    private readonly NpgsqlParameter<long> first;
    private readonly NpgsqlParameter<long> last;
    private readonly NpgsqlParameter<long> commits;
    private readonly ArrayColumns<StandingRow> standing;
    private readonly ArrayColumns<EffectRow> effects;
    private readonly List<long> arrived;
    private readonly SortedDictionary<string, (ReadOnlyMemory<byte> Row, long Version)> rows = new(StringComparer.Ordinal);

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
    /// <param name="gone">Effects that have arrived; those that leave with these commits are never put in.</param>
    public void Fill(IReadOnlyCollection<RedoCommit> followed, IReadOnlySet<long> gone)
    {
        Clear();
        (first.TypedValue, last.TypedValue, commits.TypedValue) =
            followed.Count > 0 ? (followed.First().No, followed.Last().No, followed.Count) : (1, 0, 0);
        arrived.AddRange(gone);
        var passed = new HashSet<long>();
        foreach (var commit in followed)
        {
            Put(commit, gone, passed);
        }

        arrived.RemoveAll(passed.Contains);

        // In one order for everybody, so that two who bring rows of the same cases don't wait for each other in a circle.
        foreach (var (row, version) in rows.Values)
        {
            var reader = new ImageReader(row.Span);
            standing.Add(new StandingRow(new CaseImage(ref reader), version));
        }
    }

    /// <summary>Brings what it was filled with into the tables, all or nothing.</summary>
    public void Follow() => Run();

    /// <inheritdoc cref="Follow"/>
    public Task FollowAsync(CancellationToken cancellation) => RunAsync(cancellation);

    private void Put(RedoCommit commit, IReadOnlySet<long> gone, HashSet<long> passed)
    {
        var id = commit.Frame.Place.Effect;
        var reader = new ImageReader(commit.Images.Span);
        for (var left = commit.Frame.Appends; left > 0; left--)
        {
            var append = new AppendImage(ref reader);
            for (var n = AppendImage.ReadEffects(ref reader); n > 0; n--)
            {
                var effect = new EffectImage(ref reader);
                if (gone.Contains(++id))
                {
                    passed.Add(id);
                }
                else
                {
                    effects.Add(new EffectRow(effect, id));
                }
            }

            if (AppendImage.ReadHasCase(ref reader))
            {
                var row = commit.Images[reader.At..];
                rows[new CaseImage(ref reader).Number.ToString()] = (row, append.Version);
            }
        }
    }

    private void Clear()
    {
        standing.Clear();
        effects.Clear();
        arrived.Clear();
        rows.Clear();
    }
}
