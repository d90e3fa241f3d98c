using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>Which appends of a batch can't be committed, because what they claim is another's.</summary>
internal static class ConflictFinder
{
    /// <summary>The state of a commit that failed because appends follow nothing that is there; its message lists them after the
    /// colon.</summary>
    public const string FollowsNothing = "TR002";

    /// <summary>The same for appends that would give what is held already.</summary>
    public const string HeldAlready = "TR004";

    private const string Sql = """
        SELECT a.n FROM unnest($2, $3, $4) AS a(n, stream, version)
        WHERE EXISTS (SELECT 1 FROM journal j WHERE j.world = $1 AND j.stream = a.stream AND j.version = a.version)
        UNION
        SELECT o.n FROM unnest($5, $6, $7) AS o(n, number, opened_by)
        WHERE EXISTS (SELECT 1 FROM cases c WHERE c.world = $1 AND c.number = o.number) OR EXISTS (SELECT 1 FROM cases c WHERE c.world =
            $1 AND c.opened_by = o.opened_by)
        """;

    /// <summary>The server names those that follow nothing; whose place is taken it only says of one, and is asked.</summary>
    /// <returns>Indexes in the batch; none where the commit failed for another reason, or the appends stand in each other's way
    /// only.</returns>
    public static List<int> Of(PostgresException failed, NpgsqlConnection connection, string world, List<PendingWrite> batch) =>
        failed switch
        {
            { SqlState: FollowsNothing or HeldAlready } => Named(failed.MessageText),
            { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "journal" or "cases" } => Ask(connection, world, batch),
            _ => [],
        };

    private static List<int> Named(string message) =>
        [
            .. message[(message.LastIndexOf(':') + 1)..]
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(n => int.Parse(n, CultureInfo.InvariantCulture)),
        ];

    private static List<int> Ask(NpgsqlConnection connection, string world, List<PendingWrite> batch)
    {
        // What is paired with an append has the append's index in the batch: they are taken or refused as one.
        var appends = batch
            .SelectMany((write, index) => write is PendingAppend append ? append.Parts.Select(part => (Append: part, Index: index)) : [])
            .ToArray();
        var opening = appends.Where(it => it.Append is { Case: not null, IsFirst: true }).ToArray();
        using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue(world);
        Add(command, NpgsqlDbType.Integer, appends.Select(it => it.Index));
        Add(command, NpgsqlDbType.Text, appends.Select(it => it.Append.Records[0].Stream));
        Add(command, NpgsqlDbType.Bigint, appends.Select(it => it.Append.Records[0].Version));
        Add(command, NpgsqlDbType.Integer, opening.Select(it => it.Index));
        Add(command, NpgsqlDbType.Text, opening.Select(it => it.Append.Case!.Number));
        Add(command, NpgsqlDbType.Uuid, opening.Select(it => it.Append.Case!.OpenedBy));
        using var reader = command.ExecuteReader();
        var taken = new List<int>();
        while (reader.Read())
        {
            taken.Add(reader.GetInt32(0));
        }

        return taken;
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. values] });
}
