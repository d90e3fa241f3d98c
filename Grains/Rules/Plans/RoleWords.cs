namespace TownReform.Grains.Rules.Plans;

/// <summary>Names of the roles that procedures give acts to.</summary>
public static class RoleWords
{
    /// <summary>Roles by name, the code behind it, since it is what plans are written with. They come as facts tell them: parted by
    /// <c>|</c>, each perhaps with whose it is in brackets.</summary>
    public static Words Of(string roles) => Joined(roles, isCoded: true);

    /// <summary>The same by name alone, for people who have no plan before them.</summary>
    public static Words NamesOf(string roles) => Joined(roles, isCoded: false);

    private static Words Joined(string roles, bool isCoded)
    {
        Words[] names = [.. roles.Split(" | ").Select(role => Named(role, isCoded))];
        return new(string.Join("、", names.Select(n => n.Zh)), string.Join(", ", names.Select(n => n.En)));
    }

    private static Words Named(string role, bool isCoded)
    {
        var (code, of) = role.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? (role[..at], role[at..]) : (role, "");
        return One(code) is not { } name ? new(role, role)
            : isCoded ? new($"{name.Zh}（{code}）{of}", $"{name.En} ({code}){of}")
            : new(name.Zh + of, name.En + of);
    }

    private static Words? One(string role) =>
        role switch
        {
            OutsideRoles.Public => new("当事人", "the party"),
            OutsideRoles.System => new("系统", "the system"),
            OutsideRoles.County => new("县级部门", "the county department"),
            OutsideRoles.Staff => new("本镇工作人员", "any of the town's staff"),
            "collector" => new("收缴人员", "who collects money"),
            "window" => new("窗口人员", "the window"),
            "reviewer" => new("审查人员", "the reviewer"),
            "inspector" => new("勘验评审人员", "the inspector"),
            "decider" => new("审批决定人", "who decides"),
            "officer" => new("执法人员", "the enforcement officer"),
            "summary" => new("当场处罚执法人员", "who punishes on the spot"),
            "legal" => new("法制审核人员", "legal review"),
            "head" => new("机构负责人", "the head of the organ"),
            "deputy" => new("机构副职", "who stands in for the head"),
            "committee" => new("镇党委", "the town's party committee"),
            "personnel" => new("组织人事人员", "personnel"),
            "readiness" => new("承接能力核查人员", "who checks readiness"),
            _ => null,
        };
}
