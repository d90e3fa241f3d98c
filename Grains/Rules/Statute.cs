using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>A statute, or a set of the town's own rules, with every text of it and its figures.</summary>
/// <param name="Code">Name of its file under <c>seeds/law</c>.</param>
/// <param name="Name">Name without a year.</param>
/// <param name="Own">The town's own rules, not statute.</param>
/// <param name="Texts">By day, oldest first; at least one.</param>
public sealed record Statute(string Code, string Name, bool Own, ImmutableArray<StatuteText> Texts, ImmutableArray<FigureHistory> Figures)
{
    /// <summary>The text in force on a day; before the first, the first.</summary>
    public StatuteText TextOn(DateOnly day) => Texts.LastOrDefault(t => t.From <= day) ?? Texts[0];
}

/// <summary>A text of a statute: as enacted, amended or revised.</summary>
/// <param name="Cite">How it is cited, with its year: <c>行政处罚法(2017)</c>.</param>
public sealed record StatuteText(DateOnly From, string Cite, Words Name);

/// <summary>A figure with all its versions, oldest first; at least one.</summary>
public sealed record FigureHistory(string Name, Words Meaning, ImmutableArray<FigureVersion> Versions)
{
    /// <summary>The figure as in force on a day; before the first version, the first.</summary>
    public LawFigure On(DateOnly day, Statute statute)
    {
        var at = Versions.Length - 1;
        while (at > 0 && Versions[at].From > day)
        {
            at--;
        }

        return Read(at, statute, statute.TextOn(day));
    }

    /// <summary>Every version, oldest first, as cited on its first day.</summary>
    public IEnumerable<LawFigure> All(Statute statute) => Versions.Select((version, at) => Read(at, statute, statute.TextOn(version.From)));

    // An article alone is of the text then in force; a version may also cite another statute, whole.
    private LawFigure Read(int at, Statute statute, StatuteText text)
    {
        var version = Versions[at];
        var article = version.Article.StartsWith('§') || statute.Own ? $"{text.Cite} {version.Article}" : version.Article;
        return new(
            Name: Name,
            Value: version.Value ?? 0m,
            Unit: version.Unit,
            IsNone: version.Value is null,
            Article: article,
            Meaning: Meaning,
            From: version.From,
            Until: at + 1 < Versions.Length ? Versions[at + 1].From.AddDays(-1) : null,
            Verify: version.Verify,
            Own: statute.Own
        );
    }
}

/// <summary>One version of a figure.</summary>
/// <param name="From">Its first day; it holds until the day before the next.</param>
/// <param name="Value">Null: no such rule from that day.</param>
/// <param name="Unit">Of the value; where there is none, that of the versions beside it.</param>
/// <param name="Article">§ of the text then in force, or a whole citation of another statute.</param>
/// <param name="Verify">A lawyer must confirm it before it is relied on.</param>
public sealed record FigureVersion(DateOnly From, decimal? Value, FigureUnit Unit, string Article, bool Verify);
