using System.Collections.Immutable;

namespace TownReform.Grains.Audit.EndState;

/// <summary>What one check has found so far.</summary>
/// <param name="check">Its name for programs.</param>
/// <param name="clause">The clause that it watches over.</param>
/// <param name="about">What it says when all is well.</param>
public sealed class Findings(string check, string clause, Words about)
{
    /// <summary>Breaches that are named; the count goes on.</summary>
    public const int Named = 10;

    private readonly ImmutableArray<StateBreach>.Builder first = ImmutableArray.CreateBuilder<StateBreach>();
    private long looked;
    private long notJudged;
    private long breaches;

    public void Look(long things = 1) => looked += things;

    public void NotJudged(long things = 1) => notJudged += things;

    public void Breach(string? stream, long? version, string zh, string en)
    {
        breaches++;
        if (first.Count < Named)
        {
            first.Add(new StateBreach(stream, version, new Words(zh, en)));
        }
    }

    /// <summary>A breach that a rule names.</summary>
    public void Breach(string stream, long version, Refusal refusal) =>
        Breach(
            stream,
            version,
            $"依规则不可（{(int)refusal.Code}，{refusal.Clause}）：{refusal.Because.Zh}",
            $"The rules say no ({(int)refusal.Code}, {refusal.Clause}): {refusal.Because.En}"
        );

    public CheckResult Close() =>
        new(
            Check: check,
            Clause: clause,
            About: about,
            Looked: looked,
            NotJudged: notJudged,
            Breaches: breaches,
            First: first.ToImmutable()
        );
}
