using System.Buffers.Binary;
using System.Text;

namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>A row as it stands on a page.</summary>
/// <param name="Values">Null, a whole number, a text or bytes for each column; the first, which is the row's number, is null.</param>
internal sealed record PageRow(long Number, object?[] Values);

/// <summary>Reads rows of tables from single pages, by SQLite's file format (sqlite.org/fileformat2.html, "B-tree Pages"). Nothing that
/// stands there is believed.</summary>
internal sealed class PageRows(PageSource source)
{
    private const byte TableLeaf = 0x0D;
    private const int MostColumns = 32,
        MostBytes = 64 << 20;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] overflow = new byte[source.Size];

    /// <summary>The places at which a leaf says that its rows begin; none where it isn't one.</summary>
    public static IEnumerable<int> Places(byte[] page, int begin)
    {
        if (page[begin] != TableLeaf)
        {
            yield break;
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(begin + 3));
        for (var n = 0; n < count && begin + 10 + (2 * n) <= page.Length; n++)
        {
            yield return BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(begin + 8 + (2 * n)));
        }
    }

    /// <summary>Reads a row, if one stands at a place.</summary>
    /// <param name="isWanted">Asked with the number of columns before anything is read.</param>
    public PageRow? Read(byte[] page, int at, Func<int, bool> isWanted) =>
        Read(page, at, isWanted, fromLog: true) ?? Read(page, at, isWanted, fromLog: false);

    private PageRow? Read(byte[] page, int at, Func<int, bool> isWanted, bool fromLog)
    {
        var place = at;
        if (
            !TryVarint(page, ref place, out var size)
            || size is < 2 or > MostBytes
            || !TryVarint(page, ref place, out var number)
            || !HasColumns(page, place, size, isWanted)
        )
        {
            return null;
        }

        var payload = Payload(page, place, (int)size, fromLog);
        return payload is null ? null : Parse(payload, number);
    }

    // Looked at before the whole is fetched: most places are no row at all.
    private static bool HasColumns(byte[] page, int at, long size, Func<int, bool> isWanted)
    {
        var place = at;
        if (!TryVarint(page, ref place, out var head) || head < 2 || head > size || at + head > page.Length)
        {
            return false;
        }

        var columns = 0;
        while (place < at + head && columns <= MostColumns)
        {
            if (!TryVarint(page, ref place, out var type) || type < 0)
            {
                return false;
            }

            columns++;
        }

        return place == at + head && isWanted(columns);
    }

    private byte[]? Payload(byte[] page, int at, int size, bool fromLog)
    {
        var usable = source.Size;
        var most = usable - 35;
        if (size <= most)
        {
            return at + size <= page.Length ? page[at..(at + size)] : null;
        }

        var least = ((usable - 12) * 32 / 255) - 23;
        var local = least + ((size - least) % (usable - 4)) is var some && some <= most ? some : least;
        if (at + local + 4 > page.Length)
        {
            return null;
        }

        var payload = new byte[size];
        page.AsSpan(at, local).CopyTo(payload);
        var next = (long)BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local));
        for (var have = local; have < size; )
        {
            if (!(source.TryRead(next, fromLog, overflow) || source.TryRead(next, !fromLog, overflow)))
            {
                return null;
            }

            var part = Math.Min(size - have, usable - 4);
            overflow.AsSpan(4, part).CopyTo(payload.AsSpan(have));
            have += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(overflow);
        }

        return payload;
    }

    private static PageRow? Parse(byte[] payload, long number)
    {
        var place = 0;
        if (!TryVarint(payload, ref place, out var head) || head < 1 || head > payload.Length)
        {
            return null;
        }

        var values = new List<object?>(MostColumns);
        var at = (int)head;
        while (place < head)
        {
            if (!TryVarint(payload, ref place, out var type) || Length(type) is not { } length || at + length > payload.Length)
            {
                return null;
            }

            try
            {
                values.Add(Value(type, payload.AsSpan(at, length)));
            }
            catch (ArgumentException)
            {
                // No UTF-8.
                return null;
            }

            at += length;
        }

        return at == payload.Length ? new PageRow(number, [.. values]) : null;
    }

    private static int? Length(long type) =>
        type switch
        {
            0 or 8 or 9 => 0,
            >= 1 and <= 4 => (int)type,
            5 => 6,
            6 or 7 => 8,
            >= 12 and < 2L * MostBytes => (int)((type - 12) / 2),
            _ => null,
        };

    private static object? Value(long type, ReadOnlySpan<byte> bytes)
    {
        switch (type)
        {
            case 0:
                return null;
            case 8 or 9:
                return type - 8;
            case 7:
                return BinaryPrimitives.ReadDoubleBigEndian(bytes);
            case < 7:
                long value = unchecked((sbyte)bytes[0]);
                foreach (var next in bytes[1..])
                {
                    value = (value << 8) | next;
                }

                return value;
            default:
                return type % 2 == 0 ? bytes.ToArray() : Strict.GetString(bytes);
        }
    }

    private static bool TryVarint(byte[] bytes, ref int at, out long value)
    {
        value = 0;
        for (var n = 0; n < 9; n++)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            var next = bytes[at++];
            if (n == 8)
            {
                value = (value << 8) | next;
                return true;
            }

            value = (value << 7) | (uint)(next & 0x7F);
            if (next < 0x80)
            {
                return true;
            }
        }

        return true;
    }
}
