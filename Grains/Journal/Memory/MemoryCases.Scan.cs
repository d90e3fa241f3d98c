namespace TownReform.Grains.Journal.Memory;

/// <summary>All rows, for a scan.</summary>
internal sealed partial class MemoryCases
{
    /// <summary>By number. Under the gate.</summary>
    public IEnumerable<CaseRow> All => rows.Values.OrderBy(row => row.Number, StringComparer.Ordinal);
}
