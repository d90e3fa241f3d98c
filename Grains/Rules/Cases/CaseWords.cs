namespace TownReform.Grains.Rules.Cases;

/// <summary>Words for what answers about cases carry as codes.</summary>
public static class CaseWords
{
    public static Words Of(Disposition disposition) =>
        disposition switch
        {
            Disposition.Open => new("在办", "open"),
            Disposition.Decided => new("办结", "decided"),
            Disposition.Withdrawn => new("撤回", "withdrawn"),
            _ => new("移送", "transferred"),
        };

    public static Words Of(ClockColour colour) =>
        colour switch
        {
            ClockColour.Green => new("绿", "green"),
            ClockColour.Amber => new("黄", "amber"),
            ClockColour.Red => new("红", "red"),
            ClockColour.Overdue => new("超期", "overdue"),
            _ => new("超期督办", "overdue, supervised"),
        };

    /// <summary>Who is told of an overdue case (<see cref="ClockTurned.ToldTo"/>).</summary>
    public static Words ToldTo(string code) =>
        code switch
        {
            "head" => new("已报机构负责人", "told to the head of the organ"),
            "leading-group" => new("已报领导小组", "told to the leading group"),
            "supervision" => new("已报督查", "told to supervision"),
            _ => new(code, code),
        };

    /// <summary>Name of an office that acts on a case: the public and the system are offices too.</summary>
    /// <param name="plan">Null where nobody knows it.</param>
    public static Words Office(Plans.TownPlan? plan, string code) =>
        code == Actor.Public ? new("群众", "public")
        : code == Actor.System.Office ? new("系统", "system")
        : plan?.OfficeName(code) ?? new(code, code);
}
