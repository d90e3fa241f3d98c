namespace TownReform.Grains.Journal;

/// <summary>How much a list may ask for.</summary>
internal static class CaseQueryLimits
{
    public const int Most = 1000;

    public static int Take(CaseQuery query) => Math.Clamp(query.Take, 0, Most);
}
