using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Towns;

/// <summary>What a town refuses as a whole.</summary>
public static class TownRefusals
{
    public static Refusal Unknown(string town)
    {
        town = Characters.Told(town);
        return new(
            RefusalCode.TownUnknown,
            "D1",
            new Words($"没有代码为 {town} 的镇的方案，未办理。请核对镇代码，或先在 seeds/towns 中加入其方案。", $"There is no plan of a town {town}, so nothing was done. Check the code, or add its plan to seeds/towns."),
            [new Fact("town", town)]);
    }

    public static Refusal NotFounded(string town) => new(
        RefusalCode.TownNotFounded,
        "D1",
        new Words($"{town} 尚未建立，未办理。请先按方案建镇。", $"{town} is not founded yet, so nothing was done. Found it from its plan first."),
        [new Fact("town", town)]);

    /// <summary>An opening came to a counter that isn't its own: the same command could be taken twice.</summary>
    public static Refusal OtherCounter(string town) => new(
        RefusalCode.OtherCounter,
        "I2",
        new Words(
            $"该命令不属于 {town} 的这一收件窗口，未办理。请用 OpenCaseAsync 收件，窗口由命令编号决定。",
            $"The command belongs to another counter of {town}'s intake, so nothing was done. Open cases with OpenCaseAsync: the counter follows from the command id."),
        [new Fact("town", town)]);

    /// <summary>Founded before, from another plan or with other kinds of items left to the county.</summary>
    public static Refusal FoundedOtherwise(string town, string foundedAs, string askedAs) => new(
        RefusalCode.TownFoundedOtherwise,
        "A4",
        new Words(
            $"{town} 已按另一方案建立，不予重建。事项变动请走放权调整程序；推演其他方案请另建模拟。",
            $"{town} is already founded otherwise and is not founded again. Change its items by the power-adjustment procedure; try another plan in a simulation of its own."),
        [new Fact("town", town), new Fact("foundedAs", foundedAs), new Fact("askedAs", askedAs)]);
}
