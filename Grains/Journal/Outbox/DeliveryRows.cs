using System.Data.Common;
using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Effects on their way, and those put aside, as both stores keep them.</summary>
internal static class DeliveryRows
{
    /// <summary>What <see cref="Waiting"/> reads.</summary>
    public const string Columns = "id, stream, version, ordinal, target_type, target_key, at, effect";

    /// <summary>What <see cref="Letter"/> reads.</summary>
    public const string LetterColumns = $"{Columns}, attempts, first_at, last_at, why";

    public static WaitingEffect Waiting(DbDataReader row) => new(row.GetInt64(0), Of(row));

    public static DeadLetter Letter(DbDataReader row) =>
        new(row.GetInt64(0), Of(row), row.GetInt32(8), Moment.Read(row.GetString(9)), Moment.Read(row.GetString(10)), row.GetString(11));

    private static Delivery Of(DbDataReader row) =>
        new(
            new EffectId(row.GetString(1), row.GetInt64(2), row.GetInt32(3)),
            row.GetString(4),
            row.GetString(5),
            Moment.Read(row.GetString(6)),
            StoredJson.ReadEffect(row.GetString(7))
        );
}
