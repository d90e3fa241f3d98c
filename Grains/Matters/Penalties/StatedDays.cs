using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>Days that a command states lie neither after the command's own day nor before what they belong to.</summary>
internal static class StatedDays
{
    /// <summary>Null where the day lies between both, ends included.</summary>
    /// <param name="field">The field that states it.</param>
    /// <param name="name">What people call it.</param>
    public static Refusal? Outside(string clause, string field, Words name, DateOnly stated, DateOnly earliest, DateOnly latest) =>
        earliest <= stated && stated <= latest
            ? null
            : CaseRefusals.No(
                RefusalCode.StatedDayOutside,
                clause,
                earliest == latest
                    ? $"{name.Zh}（{field}）只能是 {latest:O}，现为 {stated:O}。"
                    : $"{name.Zh}（{field}）应在 {earliest:O} 至 {latest:O} 之间，现为 {stated:O}。",
                earliest == latest
                    ? $"The {name.En} ({field}) can only be {latest:O}; here it is {stated:O}."
                    : $"The {name.En} ({field}) lies from {earliest:O} to {latest:O}; here it is {stated:O}.",
                new Fact("field", field),
                new Fact("stated", $"{stated:O}"),
                new Fact("earliest", $"{earliest:O}"),
                new Fact("latest", $"{latest:O}")
            );
}
