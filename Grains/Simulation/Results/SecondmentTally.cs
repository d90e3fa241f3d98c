namespace TownReform.Grains.Simulation.Results;

/// <summary>Counts one town's secondments (E1–E4).</summary>
internal sealed class SecondmentTally
{
    private readonly Dictionary<(string Clause, RefusalCode Code), SecondmentRefusals> refused = [];
    private long approved;
    private long declined;

    public void Add(RequestRecord record)
    {
        if (record.Approved)
        {
            approved++;
        }
        else if (record.Refusal is not { } refusal)
        {
            declined++;
        }
        else
        {
            var key = (refusal.Clause, refusal.Code);
            refused[key] = refused.TryGetValue(key, out var before)
                ? before with
                {
                    Count = before.Count + 1,
                }
                : new SecondmentRefusals(refusal.Clause, refusal.Code, 1, record.Case, refusal.Because);
        }
    }

    public SecondmentCounts Close(string town) =>
        new(town, approved, declined, [.. refused.Values.OrderBy(r => r.Clause, StringComparer.Ordinal).ThenBy(r => r.Code)]);
}
