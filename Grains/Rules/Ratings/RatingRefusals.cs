namespace TownReform.Grains.Rules.Ratings;

/// <summary>Why a case is not rated so (B12).</summary>
public static class RatingRefusals
{
    private const string Clause = "B12";

    public static Refusal NotTheParty(Actor actor, string number) =>
        new(
            RefusalCode.ActorWrongRole,
            Clause,
            new($"只有案件 {number} 的当事人或其代理人可以评价。", $"Only the party of {number}, or its agent, may rate it."),
            [new Fact("actor", actor.Id), new Fact("case", number)]
        );

    public static Refusal NotEnded(string number) =>
        new(
            RefusalCode.RatingTooEarly,
            Clause,
            new($"案件 {number} 尚未办结，办结后再评价。", $"Case {number} has not ended; rate it when it has."),
            [new Fact("case", number)]
        );

    public static Refusal NoLevel(int level) =>
        new(
            RefusalCode.FieldMalformed,
            Clause,
            new($"评价分 1 至 5 五级，所填为 {level}。", $"A rating is one of five levels, 1 to 5; this is {level}."),
            [new Fact("field", "level"), new Fact("value", FormattableString.Invariant($"{level}"))]
        );

    public static Refusal GivenAlready(string number, int level) =>
        new(
            RefusalCode.RatingGivenAlready,
            Clause,
            new(
                $"案件 {number} 已评价（{level} 级），一案只评价一次。",
                $"Case {number} was rated already (level {level}); a case is rated once."
            ),
            [new Fact("case", number), new Fact("level", FormattableString.Invariant($"{level}"))]
        );

    public static Refusal TooLate(string number, DateOnly last, DateOnly day) =>
        new(
            RefusalCode.RatingTooLate,
            Clause,
            new($"评价截止于 {last:O}，今日 {day:O} 已逾期。", $"It could be rated until {last:O}; today is {day:O}."),
            [new Fact("case", number), new Fact("last", $"{last:O}"), new Fact("day", $"{day:O}")]
        );
}
