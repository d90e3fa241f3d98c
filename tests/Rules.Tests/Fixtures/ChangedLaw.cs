using TownReform.Grains.Rules;

namespace TownReform.Tests.Fixtures;

/// <summary>The law of the repository with one figure changed in every version, as if its file said so.</summary>
internal static class ChangedLaw
{
    public static LawBook With(string figure, Func<FigureVersion, FigureVersion> change) =>
        new(
            RealSeeds.Library.Law.Statutes.Select(s =>
                s with
                {
                    Figures = [.. s.Figures.Select(f => f.Name == figure ? f with { Versions = [.. f.Versions.Select(change)] } : f)],
                }
            )
        );

    public static LawBook With(string figure, decimal value) => With(figure, v => v.Value is null ? v : v with { Value = value });

    /// <summary>One more of it; of a fraction a hundredth more; a rule is taken away.</summary>
    public static LawBook ByOne(string figure) =>
        With(
            figure,
            v =>
                v.Value is not { } value
                    ? v
                    : v.Unit switch
                    {
                        FigureUnit.Fraction => v with { Value = value >= 1 ? value - 0.01m : value + 0.01m },
                        FigureUnit.Rule => v with { Value = null },
                        _ => v with { Value = value + 1 },
                    }
        );
}
