namespace TownReform.Grains.Rules.Plans;

/// <summary>What town and catalogue refuse about founding the town from its plan.</summary>
public static class FoundingRefusals
{
    public static Refusal NotFounded(string town) =>
        new(
            RefusalCode.TownNotFounded,
            "D1",
            new Words(
                $"{town} 尚未建立，未办理。请先按方案建镇。",
                $"{town} is not founded yet, so nothing was done. Found it from its plan first."
            ),
            [new Fact("town", town)]
        );

    /// <summary>Founded before, from another plan or with other kinds of items left to the county.</summary>
    public static Refusal FoundedOtherwise(string town, string foundedAs, string askedAs) =>
        new(
            RefusalCode.TownFoundedOtherwise,
            "A4",
            new Words(
                $"{town} 已按另一方案建立，不予重建。事项变动请走权限调整程序；推演其他方案请另建模拟。",
                $"{town} is already founded otherwise and is not founded again. Change its items by the power-adjustment "
                    + "procedure; try another plan in a simulation of its own."
            ),
            [new Fact("town", town), new Fact("foundedAs", foundedAs), new Fact("askedAs", askedAs)]
        );
}
