using Microsoft.AspNetCore.Http;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Simulations;

/// <summary>Who may order runs, and who may only look at them.</summary>
internal static class SimulationDoor
{
    /// <summary>Operators order and end runs.</summary>
    public static bool MayOrder(Requester who) => who.Kind == AccountKind.Operator;

    /// <summary>Leaders read what operators have run.</summary>
    public static bool MayRead(Requester who) => who.Kind is AccountKind.Operator or AccountKind.Leader;

    /// <summary>Why somebody may not, as a status and words; null when they may.</summary>
    public static (int Status, Words? Because)? WhyNot(Requester who, SimulationSettings settings, bool orders) =>
        who.IsAnonymous ? (StatusCodes.Status401Unauthorized, null)
        : !(orders ? MayOrder(who) : MayRead(who))
            ? (
                StatusCodes.Status403Forbidden,
                new("模拟运行由运维人员下达，领导可查阅结果。", "Runs are ordered by operators; leaders may read the results.")
            )
        : !settings.IsOpen
            ? (
                StatusCodes.Status404NotFound,
                new(
                    "本节点不接受模拟运行；须以 --simulations 启动。",
                    "This silo takes no runs of scenarios; it has to be started with --simulations."
                )
            )
        : null;
}
