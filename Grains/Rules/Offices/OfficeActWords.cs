namespace TownReform.Grains.Rules.Offices;

/// <summary>What offices are asked to do, as it is called. A code that none of them is stays as it is.</summary>
public static class OfficeActWords
{
    public static Words Of(string act) =>
        act switch
        {
            "found" => new("建镇", "found the town"),
            "hire" => new("录用登记", "register a hire"),
            "leave" => new("休假登记", "record leave"),
            "appoint" => new("任用", "appoint to a post"),
            "release" => new("核销编制", "free a post"),
            "open" => new("开始考核", "open the round"),
            "mark" => new("评定等次", "give a grade"),
            "close" => new("结束考核", "close the round"),
            "answer-filing" => new("答复备案", "answer a filing"),
            "rate" => new("评价", "rate"),
            "retry-effect" => new("再次投递", "have an effect delivered again"),
            _ => new(act, act),
        };
}
