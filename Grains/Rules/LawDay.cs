using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>The law as it stands on each day of a span: immutable, made once at loading.</summary>
public sealed class LawDay
{
    private readonly FrozenDictionary<string, LawFigure> figures;
    private readonly FrozenDictionary<string, string> texts;

    internal LawDay(DateOnly from, DateOnly until, ImmutableArray<Statute> statutes)
    {
        (From, Until) = (from, until);
        texts = statutes.ToFrozenDictionary(s => s.Code, s => s.TextOn(from).Cite, StringComparer.Ordinal);
        figures = statutes.SelectMany(s => s.Figures.Select(f => f.On(from, s))).ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>First day of the span.</summary>
    public DateOnly From { get; }

    /// <summary>Last day of the span.</summary>
    public DateOnly Until { get; }

    /// <summary>Every figure, also those that are "none" on these days.</summary>
    public IEnumerable<LawFigure> Figures => figures.Values;

    /// <summary>Value of a figure that the law always has; loading checks which those are.</summary>
    /// <exception cref="KeyNotFoundException">The law of these days has no such rule.</exception>
    public decimal this[string name] => Figure(name).Value;

    public int Days(string name) => Figure(name).Days;

    /// <summary>A figure that the law always has.</summary>
    public LawFigure Figure(string name) => Find(name) ?? throw new KeyNotFoundException($"The law of {From:O} has no {name}.");

    /// <summary>The figure, or null where the law of these days has no such rule.</summary>
    public LawFigure? Find(string name) => figures[name] is { IsNone: false } figure ? figure : null;

    /// <summary>The figure also where it says that there is no such rule; null where nobody knows the name.</summary>
    public LawFigure? Stated(string name) => figures.GetValueOrDefault(name);

    /// <summary>How the text in force is cited, such as <c>行政处罚法(2017)</c>, by the code of its file.</summary>
    public string Text(string statute) => texts[statute];
}
