using TownReform.Silo.Api.Reads;

namespace TownReform.Silo.Web.Reads;

/// <summary>Who has read which file.</summary>
/// <param name="Title">Of the page.</param>
/// <param name="About">Whose reading it is, and what is not in it.</param>
/// <param name="Back">The page that it belongs to.</param>
/// <param name="CasePath">What the address of a case begins with; null where no case is linked.</param>
/// <param name="Zone">IANA name of the town's time zone.</param>
public sealed record ReadsModel(Words Title, Words About, PageLink Back, ReadsResource Found, string Zone, string? CasePath = null)
{
    /// <summary>It is of one case, whose number stands in the title.</summary>
    public bool IsOfOneCase { get; init; }

    /// <summary>For a citizen: one column, with air.</summary>
    public bool IsOfParty { get; init; }

    /// <summary>Towns and offices to choose from; null where there is no choice.</summary>
    public ReadsChoice? Choice { get; init; }
}

/// <summary>What an auditor chooses by.</summary>
/// <param name="Towns">Code and name.</param>
/// <param name="Offices">Of the chosen town.</param>
public sealed record ReadsChoice(string Town, string? Office, IReadOnlyList<PageLink> Towns, IReadOnlyList<PageLink> Offices);

/// <summary>What of a file was read, in words.</summary>
public static class ReadWords
{
    public static Words Of(FilePart part) =>
        part switch
        {
            FilePart.Paper => new("材料", "a paper"),
            FilePart.Document => new("文书", "documents"),
            FilePart.Export => new("导出留痕", "the record, taken out"),
            _ => new("案卷", "the file"),
        };
}
