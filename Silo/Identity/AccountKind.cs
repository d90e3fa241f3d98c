namespace TownReform.Silo.Identity;

/// <summary>Whose account it is. It says who somebody is, never what they may do: that is asked of the town's record at each
/// request.</summary>
public enum AccountKind
{
    /// <summary>A member of a town's staff, also one who is stationed there (工作人员).</summary>
    Staff = 1,

    /// <summary>A person of a department above the towns (上级部门人员).</summary>
    County = 2,

    /// <summary>A citizen, an enterprise or somebody who acts for others (当事人、代理人).</summary>
    Party = 3,

    /// <summary>Watches the figures of all towns (领导).</summary>
    Leader = 4,

    /// <summary>Reads every record, and is recorded doing so (审计人员).</summary>
    Auditor = 5,

    /// <summary>Runs the silos and the simulations (运维人员).</summary>
    Operator = 6,

    /// <summary>A program of a party or of a department above the towns; it has keys and no password (接入系统).</summary>
    Integration = 7,
}
