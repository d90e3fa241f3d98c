namespace TownReform.Silo.Web.Counties;

/// <summary>What a department did with a sealed decision, in words.</summary>
internal static class FilingWords
{
    public static Words Of(FilingAnswer? answer) =>
        answer switch
        {
            null => new("待备案", "waiting"),
            FilingAnswer.File => new("已备案", "filed"),
            FilingAnswer.Forward => new("已转报", "forwarded"),
            FilingAnswer.DemandSeal => new("已按特殊情况加盖", "another seal, by special circumstance"),
            _ => new("不予备案", "refused"),
        };
}
