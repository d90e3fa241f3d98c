namespace TownReform.Grains.Journal.Sqlite.Salvage;

/// <summary>Takes every row that looks like one of the record's from a file's pages. Whether it is one is found out afterwards: a record
/// proves itself by its hash.</summary>
internal sealed class Carving(PageSource pages, Scratch into)
{
    /// <summary>Columns that the first version of each table had; later ones come behind them.</summary>
    private const int OfCommit = 4,
        OfEffect = 9,
        OfLetter = 13,
        OfRecord = 14;

    private readonly PageRows rows = new(pages);
    private readonly int mostOfEffect = into.Columns("outbox").Count,
        mostOfRecord = into.Columns("journal").Count;

    public void Run()
    {
        into.Do("BEGIN");
        foreach (var (page, begin) in pages.All())
        {
            if (!TryLeaf(page, begin))
            {
                Everywhere(page);
            }
        }

        into.Do("COMMIT");
    }

    /// <returns>False when the page isn't a leaf that is well, nor one of another kind.</returns>
    private bool TryLeaf(byte[] page, int begin)
    {
        const byte InteriorIndex = 0x02,
            InteriorTable = 0x05,
            LeafIndex = 0x0A,
            LeafTable = 0x0D;
        if (page[begin] is InteriorIndex or InteriorTable or LeafIndex)
        {
            return true;
        }

        if (page[begin] != LeafTable)
        {
            return page.AsSpan().IndexOfAnyExcept((byte)0) < 0;
        }

        var (isWell, first) = (true, page.Length);
        foreach (var place in PageRows.Places(page, begin))
        {
            first = Math.Min(first, place);
            var row = rows.Read(page, place, static columns => columns > 0);
            isWell &= row is not null;
            if (row is not null)
            {
                Take(row);
            }
        }

        // Rows begin where the page says that they do; a page that lacks some would not.
        var told = (page[begin + 5] << 8) | page[begin + 6];
        return isWell && first == (told == 0 ? 65536 : told);
    }

    private void Everywhere(byte[] page)
    {
        for (var place = 0; place < page.Length - OfRecord; place++)
        {
            if (rows.Read(page, place, columns => columns is OfCommit || (columns >= OfRecord && columns <= mostOfRecord)) is { } row)
            {
                Take(row);
            }
        }
    }

    private void Take(PageRow row)
    {
        switch (row.Values)
        {
            case [
                null,
                long,
                string,
                string,
                long,
                string,
                string,
                string,
                string,
                null
                or string,
                string,
                string
                or byte[],
                byte[] { Length: HashChain.Length },
                byte[] { Length: HashChain.Length },
                ..,
            ] when row.Values.Length <= mostOfRecord:
                into.TakeRecord(row);
                break;
            case [null, long and > 0 and <= int.MaxValue, byte[] { Length: HashChain.Length }, byte[] { Length: HashChain.Length }]:
                into.TakeCommit(row);
                break;
            case [null, string, string, long, long, string, string, string, string, ..]
                when row.Values.Length >= OfEffect && row.Values.Length <= mostOfEffect:
                into.TakeEffect(row);
                break;
            case [null, string, string, long, long, string, string, string, string, long, string, string, string]
                when row.Values.Length == OfLetter:
                into.TakeLetter(row);
                break;
            default:
                break;
        }
    }
}
