namespace TownReform.Client.Reports;

/// <summary>The language in which results are shown.</summary>
public enum Lang
{
    Zh = 1,
    En = 2,
}

/// <summary>Picks the words for a reader.</summary>
public static class WordsIn
{
    public static string In(this Words words, Lang lang) => lang == Lang.Zh ? words.Zh : words.En;

    /// <summary>Reads <c>zh</c> or <c>en</c>, also with a region (<c>zh-CN</c>).</summary>
    public static bool TryParse(string text, out Lang lang)
    {
        lang = text.Split('-', '_')[0].ToUpperInvariant() switch
        {
            "ZH" => Lang.Zh,
            "EN" => Lang.En,
            _ => 0,
        };
        return lang != 0;
    }
}
