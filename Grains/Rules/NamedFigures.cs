using System.Collections.Immutable;
using System.Globalization;

namespace TownReform.Grains.Rules;

/// <summary>
/// The figures that a procedure or an item names for a limit, such as <c>law:penalty.decide.days|own:service.penalty-decide.days</c>: the
/// first that the law of the
/// day has. <c>law:</c> names a figure of statute, <c>own:</c> one of the town's own rules.
/// </summary>
/// <param name="Own">Whether it must be the town's own.</param>
public readonly record struct FigureName(string Name, bool Own)
{
    public const string Law = "law:";
    public const string OwnRule = "own:";

    /// <summary>One name or several with <c>|</c> between them; empty where the text is none.</summary>
    public static ImmutableArray<FigureName> Read(string text)
    {
        var names = ImmutableArray.CreateBuilder<FigureName>();
        foreach (var part in text.Split('|'))
        {
            if (!part.StartsWith(Law, StringComparison.Ordinal) && !part.StartsWith(OwnRule, StringComparison.Ordinal))
            {
                return [];
            }

            names.Add(new(part[Law.Length..], part.StartsWith(OwnRule, StringComparison.Ordinal)));
        }

        return names.ToImmutable();
    }

    public override string ToString() => (Own ? OwnRule : Law) + Name;
}

/// <summary>A limit: days that an item states itself, or the figures that it names.</summary>
public sealed record LimitRule(TimeLimit Stated, ImmutableArray<FigureName> Figures)
{
    public static LimitRule Of(TimeLimit stated) => new(stated, []);

    /// <summary>The limit by the law of a day; no days at all where it has none.</summary>
    public TimeLimit On(LawDay law) => Figures.IsEmpty ? Stated : FigureOn(law)?.Limit ?? default;

    /// <summary>The figure that sets the limit on a day; null where the item states it, and where the law has none.</summary>
    public LawFigure? FigureOn(LawDay law) => NamedFigures.First(Figures, law);

    public bool Equals(LimitRule? other) => other is not null && Stated == other.Stated && Figures.SequenceEqual(other.Figures);

    public override int GetHashCode() => HashCode.Combine(Stated, Figures.Length);

    public override string ToString() => Figures.IsEmpty ? Stated.ToString() : string.Join('|', Figures);
}

/// <summary>How many do a step together: 0 or 1, or the figures that the step names.</summary>
public sealed record HandsRule(int Stated, ImmutableArray<FigureName> Figures)
{
    public static HandsRule None { get; } = new(0, []);

    public static HandsRule One { get; } = new(1, []);

    /// <summary>The step waits for somebody outside.</summary>
    public bool IsNobody => Figures.IsEmpty && Stated == 0;

    /// <summary>How many by the law of a day; one where it has no such rule.</summary>
    public int On(LawDay law) => Figures.IsEmpty ? Stated : NamedFigures.First(Figures, law)?.Days ?? 1;

    /// <summary>The figure that says so on a day, if one does.</summary>
    public LawFigure? FigureOn(LawDay law) => NamedFigures.First(Figures, law);

    public bool Equals(HandsRule? other) => other is not null && Stated == other.Stated && Figures.SequenceEqual(other.Figures);

    public override int GetHashCode() => HashCode.Combine(Stated, Figures.Length);

    public override string ToString() => Figures.IsEmpty ? Stated.ToString(CultureInfo.InvariantCulture) : string.Join('|', Figures);
}

internal static class NamedFigures
{
    /// <summary>The first of the figures that the law of the day has.</summary>
    public static LawFigure? First(ImmutableArray<FigureName> names, LawDay law)
    {
        foreach (var name in names)
        {
            if (law.Find(name.Name) is { } figure)
            {
                return figure;
            }
        }

        return null;
    }
}
