using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Writes what was found and can't follow into a file that people and programs can read: one JSON object a line.</summary>
internal static class SalvageAside
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <returns>How many lines it has; no file is left where it has none.</returns>
    public static long Write(Scratch found, string path)
    {
        var lines = 0L;
        using (var to = new StreamWriter(path, append: false, new UTF8Encoding(false)))
        {
            foreach (
                var (what, sql) in new[]
                {
                    (
                        "record",
                        $"SELECT DISTINCT {string.Join(", ", found.Columns("journal"))}, kept = {Scratch.Damaged} AS damaged FROM "
                            + $"found f WHERE kept <> {Scratch.Kept} AND NOT EXISTS (SELECT 1 FROM found k WHERE k.kept = "
                            + $"{Scratch.Kept} AND k.hash = f.hash) ORDER BY world, stream, version"
                    ),
                    (
                        "effect",
                        $"SELECT DISTINCT {string.Join(", ", found.Columns("outbox"))} FROM found_effects WHERE kept = 0 ORDER BY "
                            + "stream, version"
                    ),
                    (
                        "dead letter",
                        $"SELECT DISTINCT {string.Join(", ", found.Columns("dead_letters"))} FROM found_letters WHERE kept = 0 "
                            + "ORDER BY stream, version"
                    ),
                }
            )
            {
                using var command = found.Command(sql);
                using var reader = command.ExecuteReader();
                while (reader.Read())
                {
                    if (what == "record" && !IsRecord(reader))
                    {
                        continue;
                    }

                    to.WriteLine(Line(what, reader));
                    lines++;
                }
            }
        }

        if (lines == 0)
        {
            File.Delete(path);
        }

        return lines;
    }

    // What only looked like a record is none.
    private static bool IsRecord(SqliteDataReader row)
    {
        try
        {
            var hash = row.GetFieldValue<byte[]>(row.GetOrdinal("hash"));
            return hash.Length == HashChain.Length && row.GetInt64(row.GetOrdinal("version")) > 0;
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static string Line(string what, SqliteDataReader row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("what", what);
            for (var n = 0; n < row.FieldCount; n++)
            {
                switch (row.GetValue(n))
                {
                    case long number:
                        json.WriteNumber(row.GetName(n), number);
                        break;
                    case byte[] some:
                        json.WriteString(row.GetName(n), Convert.ToHexStringLower(some));
                        break;
                    case string text:
                        json.WriteString(row.GetName(n), text);
                        break;
                    default:
                        json.WriteNull(row.GetName(n));
                        break;
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
