using System.Collections.Frozen;

namespace TownReform.Grains.Rules;

/// <summary>Statutory figures by name, each with its article, from <c>seeds/law/*.yaml</c>; a lawyer corrects one without touching code.</summary>
public sealed class LawBook(IReadOnlyDictionary<string, LawFigure> figures)
{
    private readonly FrozenDictionary<string, LawFigure> figures = figures.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">No such figure; loading checks that every figure which rules ask for is there.</exception>
    public decimal this[string name] => figures[name].Value;

    public int Days(string name) => (int)figures[name].Value;

    public LawFigure Figure(string name) => figures[name];

    public IEnumerable<string> Names => figures.Keys;
}

/// <summary>One figure of a statute.</summary>
/// <param name="Unit">working-days, calendar-days, yuan, fraction, years, months, people, times.</param>
/// <param name="Article">Statute and article, such as <c>行政处罚法 §51</c>.</param>
public sealed record LawFigure(string Name, decimal Value, string Unit, string Article, Words Meaning);
