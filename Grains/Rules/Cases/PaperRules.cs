using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>How many papers a case takes, and how large.</summary>
[Clause("B6")]
internal static class PaperRules
{
    /// <param name="file">The case so far.</param>
    /// <param name="given">Well-formed fields that come to it.</param>
    public static Refusal? Check(CaseFile file, ImmutableArray<Field> given)
    {
        if (!HasPapers(given))
        {
            return null;
        }

        var all = PaperLists.In(file.Fields.IsDefault ? given : file.Fields.Concat(given)).DistinctBy(paper => paper.Sha256).ToList();
        var bytes = all.Sum(paper => paper.Bytes);
        return all.Count > PaperLists.Most || bytes > PaperLists.MostTogether ? PaperRefusals.TooMany(all.Count, bytes) : null;
    }

    private static bool HasPapers(ImmutableArray<Field> given)
    {
        foreach (var field in given)
        {
            if (PaperLists.IsOne(field.Value))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Why papers aren't taken.</summary>
public static class PaperRefusals
{
    /// <param name="count">Papers of the case with those that were to come to it.</param>
    /// <param name="bytes">Their bytes.</param>
    public static Refusal TooMany(int count, long bytes) =>
        CaseRefusals.No(
            RefusalCode.PapersTooMany,
            "B6",
            $"一件案件至多收 {PaperLists.Most} 件材料、共 {PaperLists.MostTogether >> 20} MB；这样将有 {count} 件、{bytes >> 20} MB。请合并或压缩后再交。",
            $"A case takes {PaperLists.Most} papers of {PaperLists.MostTogether >> 20} MB together; this would be {count} papers of "
                + $"{bytes >> 20} MB. Hand in fewer or smaller ones.",
            new Fact("papers", $"{count}"),
            new Fact("bytes", $"{bytes}")
        );

    /// <summary>A paper that a command names isn't there, or was handed in by somebody else.</summary>
    public static Refusal Unknown(string field, Paper paper) =>
        CaseRefusals.No(
            RefusalCode.PaperUnknown,
            "B6",
            $"材料“{paper.Name}”没有上传，或已逾 24 小时未使用而被清除。请重新上传。",
            $"Paper '{paper.Name}' was not uploaded, or was removed because it wasn't used within 24 hours. Upload it again.",
            new Fact("field", field),
            new Fact("paper", paper.Sha256)
        );
}
