using System.Diagnostics;

namespace TownReform.Grains.Rules.Seals;

/// <summary>One seal, one number for each sealed decision, unique per town, kind and year (B1).</summary>
[Clause("B1")]
public static class SealRules
{
    /// <summary>Numbers a decision. A case that has a number is told that number again; it never gets a second.</summary>
    /// <param name="prefix">The plan's words before a number of that kind. Numbers are counted by them, so two certificates never read the
    /// same.</param>
    /// <param name="before">The case's number as the record has it, for a case that has one and isn't among the latest.</param>
    public static SealEvent Number(SealState state, NumberCertificate asked, string prefix, int year, string? before = null)
    {
        if (state.Numbered.Contains(asked.Case))
        {
            return new CertificateTold(
                asked.Case,
                Latest(state, asked.Case)
                    ?? before
                    ?? throw new UnreachableException($"Case {asked.Case} has a number, and nobody has read which.")
            );
        }

        var number = (state.Series.FirstOrDefault(s => s.Prefix == prefix && s.Year == year)?.Last ?? 0) + 1;
        return new CertificateIssued(
            Case: asked.Case,
            Kind: asked.Kind,
            Item: asked.Item,
            Prefix: prefix,
            Year: year,
            Number: number,
            Certificate: Text(prefix, year, number)
        );
    }

    /// <summary>A certificate number as printed: prefix, year in tortoise-shell brackets, number (党政机关公文格式).</summary>
    public static string Text(string prefix, int year, int number) => $"{prefix}〔{year}〕{number}号";

    /// <summary>A case's certificate number, when it is among the latest.</summary>
    public static string? Latest(SealState state, string caseNumber) =>
        state.Latest.Find(caseNumber) is { } number && state.Series[number.Series] is var series
            ? Text(series.Prefix, series.Year, number.Number)
            : null;

    public static SealState Apply(SealState state, SealEvent happened) =>
        happened switch
        {
            CertificateIssued it => Issued(state, it),
            CertificateTold => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a seal."),
        };

    private static SealState Issued(SealState state, CertificateIssued it)
    {
        var place = 0;
        while (place < state.Series.Length && (state.Series[place].Prefix != it.Prefix || state.Series[place].Year != it.Year))
        {
            place++;
        }

        var series = new SealSeries(it.Prefix, it.Year, it.Number);
        return new(
            place < state.Series.Length ? state.Series.SetItem(place, series) : state.Series.Add(series),
            state.Numbered.Add(it.Case),
            state.Latest.With(it.Case, new SealNumber(place, it.Number))
        );
    }
}
