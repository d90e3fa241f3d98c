namespace TownReform.Grains.Rules.Plans;

/// <summary>Names of the roles that procedures give acts to; the code stays behind the name, since it is what plans are written
/// with.</summary>
public static class RoleWords
{
    /// <summary>Roles by name. They come as facts tell them: parted by <c>|</c>, each perhaps with whose it is in brackets.</summary>
    public static Words Of(string roles)
    {
        Words[] names = [.. roles.Split(" | ").Select(Named)];
        return new(string.Join("、", names.Select(n => n.Zh)), string.Join(", ", names.Select(n => n.En)));
    }

    private static Words Named(string role)
    {
        var (code, of) = role.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at ? (role[..at], role[at..]) : (role, "");
        var name = One(code);
        return new(name.Zh + of, name.En + of);
    }

    private static Words One(string role) =>
        role switch
        {
            OutsideRoles.Public => new("当事人（public）", "the party (public)"),
            OutsideRoles.System => new("系统（system）", "the system (system)"),
            OutsideRoles.County => new("县级部门（county）", "the county department (county)"),
            OutsideRoles.Staff => new("本镇工作人员（staff）", "any of the town's staff (staff)"),
            "collector" => new("收缴人员（collector）", "who collects money (collector)"),
            "window" => new("窗口人员（window）", "the window (window)"),
            "reviewer" => new("审查人员（reviewer）", "the reviewer (reviewer)"),
            "inspector" => new("勘验评审人员（inspector）", "the inspector (inspector)"),
            "decider" => new("审批决定人（decider）", "who decides (decider)"),
            "officer" => new("执法人员（officer）", "the enforcement officer (officer)"),
            "summary" => new("当场处罚执法人员（summary）", "who punishes on the spot (summary)"),
            "legal" => new("法制审核人员（legal）", "legal review (legal)"),
            "head" => new("机构负责人（head）", "the head of the organ (head)"),
            "deputy" => new("机构副职（deputy）", "who stands in for the head (deputy)"),
            "committee" => new("镇党委（committee）", "the town's party committee (committee)"),
            "personnel" => new("组织人事人员（personnel）", "personnel (personnel)"),
            "readiness" => new("承接能力核查人员（readiness）", "who checks readiness (readiness)"),
            _ => new(role, role),
        };
}
