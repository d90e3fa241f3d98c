using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>That the figures which procedures and catalogues name are there, of the right unit, and in force on each day.</summary>
internal static class FigureChecks
{
    public static ImmutableArray<FigureUnit> Days { get; } = [FigureUnit.WorkingDays, FigureUnit.CalendarDays];

    public static ImmutableArray<FigureUnit> People { get; } = [FigureUnit.People];

    /// <summary>What is wrong with the names: what was expected instead, or null when nothing is.</summary>
    /// <param name="book">Null when the law's own files are broken: then nothing can be told.</param>
    public static string? Wrong(ImmutableArray<FigureName> names, ImmutableArray<FigureUnit> units, LawBook? book)
    {
        if (book is null || book.Statutes.IsEmpty)
        {
            return null;
        }

        foreach (var name in names)
        {
            if (book.Spans[0].Stated(name.Name) is not { } figure)
            {
                return $"a figure of seeds/law; '{name.Name}' is none";
            }

            if (figure.Own != name.Own)
            {
                return figure.Own
                    ? $"own:{name.Name}, since it is the town's own rule"
                    : $"law:{name.Name}, since it is a figure of statute";
            }

            if (book.Spans.Select(s => s.Stated(name.Name)!).FirstOrDefault(f => !f.IsNone && !units.Contains(f.Unit)) is { } other)
            {
                return $"a figure in {string.Join(" or ", units.Select(EnumCodes.Of))}; '{name.Name}' is in {EnumCodes.Of(other.Unit)}";
            }
        }

        // Where no rule asks for several, one does it; a limit there must be.
        return units == People ? null
            : book.Spans.FirstOrDefault(span => names.All(n => span.Find(n.Name) is null)) is { } without
                ? "a further figure after |, since the law of "
                    + $"{(without.From == DateOnly.MinValue ? without.Until : without.From):O} has no {names[^1].Name}"
            : null;
    }
}
