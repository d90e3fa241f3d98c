using Microsoft.Data.Sqlite;
using TownReform.Grains.Journal.Reading;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>
/// Goes through what was found, stream by stream, and keeps of each as many records as follow one another from the first on. A stream with
/// a hole ends before it: whoever replayed what comes behind would see a state that never was. That is put aside, where it can be read.
/// </summary>
internal sealed class StreamSieve(Scratch found)
{
    private readonly List<LostRecords> lost = [];
    private readonly List<long> kept = [],
        damaged = [];

    public long Streams { get; private set; }

    /// <returns>Streams that lack records.</returns>
    /// <param name="take">Told each record that is kept, in order, stream by stream.</param>
    public IReadOnlyList<LostRecords> Run(Action<JournalRecord> take)
    {
        using (
            var all = found.Command(
                $"SELECT {RecordRows.Columns(SqlDialect.Sqlite)}, found_id FROM found ORDER BY world, stream, version, source"
            )
        )
        using (var reader = all.ExecuteReader())
        {
            var (stream, head) = ((World: "", Stream: ""), JournalHead.None);
            (long First, long Last, long Aside)? hole = null;
            var others = 0;
            while (reader.Read())
            {
                if (Record(reader) is not { } record)
                {
                    damaged.Add(reader.GetInt64(reader.FieldCount - 1));
                    continue;
                }

                if (stream != (record.World, record.Stream))
                {
                    End(stream, hole, others, head);
                    (stream, head, hole, others) = ((record.World, record.Stream), JournalHead.None, null, 0);
                    Streams++;
                }

                if (hole is null && record.Version == head.Version + 1 && record.PreviousHash.Span.SequenceEqual(head.Hash.Span))
                {
                    (head, others) = (record.Head(), 0);
                    kept.Add(reader.GetInt64(reader.FieldCount - 1));
                    take(record);
                }
                else if (hole is { } open)
                {
                    hole = open with { Aside = open.Aside + 1 };
                }
                else if (record.Version == head.Version + 1)
                {
                    // It follows another than the one that was kept; one that follows this may still come.
                    others++;
                }
                else if (record.Version > head.Version)
                {
                    hole = (head.Version + 1, record.Version - 1, others + 1);
                }
            }

            End(stream, hole, others, head);
        }

        Mark(kept, Scratch.Kept);
        Mark(damaged, Scratch.Damaged);
        return lost;
    }

    private void End((string World, string Stream) stream, (long First, long Last, long Aside)? hole, int others, JournalHead head)
    {
        if ((hole ?? (others > 0 ? (head.Version + 1, head.Version + 1, others) : null)) is { } there)
        {
            lost.Add(new LostRecords(stream.World, stream.Stream, there.First, there.Last, there.Aside));
        }
    }

    private void Mark(List<long> rows, int what)
    {
        found.Do("BEGIN");
        using (var mark = found.Command($"UPDATE found SET kept = {what} WHERE found_id = $id"))
        {
            var id = mark.Parameters.AddWithValue("$id", 0L);
            foreach (var next in rows)
            {
                id.Value = next;
                mark.ExecuteNonQuery();
            }
        }

        found.Do("COMMIT");
    }

    /// <returns>Null when the row isn't what was recorded.</returns>
    private static JournalRecord? Record(SqliteDataReader reader)
    {
        try
        {
            var record = RecordRows.Read(reader);
            return HashChain.Of(record, record.PreviousHash.Span).AsSpan().SequenceEqual(record.Hash.Span) && record.Version > 0
                ? record
                : null;
        }
        catch (Exception e) when (e is not (SqliteException or OutOfMemoryException))
        {
            // It only looked like one.
            return null;
        }
    }
}
