using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The value of a field of papers: <c>sha256 bytes kind name</c> for each, parted by semicolons.</summary>
public static class PaperLists
{
    /// <summary>Papers of one case at most.</summary>
    public const int Most = 50;

    /// <summary>Bytes of one file at most.</summary>
    public const long MostOfOne = 20L << 20;

    /// <summary>Bytes of all files of a case at most.</summary>
    public const long MostTogether = 200L << 20;

    /// <summary>Characters of a file's name at most.</summary>
    public const int LongestName = 100;

    private const char Separator = ';';

    /// <summary>Whether a value looks like one; quick.</summary>
    public static bool IsOne(string? value) => HandedIn.IsOne(value);

    public static string Write(IEnumerable<Paper> papers) =>
        string.Join(
            Separator,
            papers.Select(paper =>
                string.Create(CultureInfo.InvariantCulture, $"{paper.Sha256} {paper.Bytes} {CodeOf(paper.Kind)} {paper.Name}")
            )
        );

    /// <returns>False for what is none, or not whole: nothing of it is taken then. A file twice is one.</returns>
    public static bool TryRead(string? value, out ImmutableArray<Paper> papers)
    {
        papers = [];
        if (!IsOne(value))
        {
            return false;
        }

        var read = ImmutableArray.CreateBuilder<Paper>();
        foreach (var entry in value!.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryReadOne(entry, out var paper))
            {
                return false;
            }

            if (!read.Any(known => known.Sha256 == paper.Sha256))
            {
                read.Add(paper);
            }
        }

        papers = read.ToImmutable();
        return true;
    }

    /// <summary>All papers in some fields, in their order.</summary>
    public static IEnumerable<Paper> In(IEnumerable<Field> fields) =>
        fields.SelectMany(field => TryRead(field.Value, out var papers) ? papers : []);

    /// <summary>What a field has after more came to it.</summary>
    internal static Field Together(Field old, Field given) =>
        TryRead(old.Value, out var before) && TryRead(given.Value, out var more)
            ? new Field(given.Name, Write(before.Concat(more).DistinctBy(paper => paper.Sha256)))
            : given;

    /// <summary>A file's name as it may stand in a list: the last part of a path, without what parts entries or can't be seen.</summary>
    public static string Named(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new string([
            .. last.Select(letter => char.IsControl(letter) || letter is ';' or '；' || char.IsSurrogate(letter) ? '_' : letter),
        ])
            .Normalize()
            .Trim(' ', '.');
        kept = Characters.FindForbidden(kept) is null ? kept : "";
        var ending = kept.LastIndexOf('.') is > 0 and var dot ? kept[dot..] : "";
        return kept.Length <= LongestName ? kept
            : ending.Length < 10 ? kept[..(LongestName - ending.Length)] + ending
            : kept[..LongestName];
    }

    private static bool TryReadOne(string entry, [NotNullWhen(true)] out Paper? paper)
    {
        paper =
            entry.Split(' ', 4) is [var hash, var size, var code, var name]
            && hash.Length == HandedIn.HashLength
            && IsOne(entry)
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && bytes is > 0 and <= MostOfOne
            && KindOf(code) is { } kind
            && name.Length > 0
            && Named(name) == name
                ? new Paper(name, kind, bytes, hash)
                : null;
        return paper is not null;
    }

    private static string CodeOf(PaperKind kind) =>
        kind switch
        {
            PaperKind.Pdf => "pdf",
            PaperKind.Jpeg => "jpeg",
            PaperKind.Png => "png",
            PaperKind.Heic => "heic",
            PaperKind.Ofd => "ofd",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of paper without a code."),
        };

    private static PaperKind? KindOf(string code) =>
        code switch
        {
            "pdf" => PaperKind.Pdf,
            "jpeg" => PaperKind.Jpeg,
            "png" => PaperKind.Png,
            "heic" => PaperKind.Heic,
            "ofd" => PaperKind.Ofd,
            _ => null,
        };
}
