namespace TownReform.Tests.Fixtures;

/// <summary>What a test expects of an answer.</summary>
public static class Answers
{
    public static T ShouldSucceed<T>(this Outcome<T>? outcome)
        where T : class
    {
        outcome.ShouldNotBeNull();
        outcome.Refusal.ShouldBeNull();
        return outcome.Value.ShouldNotBeNull();
    }

    public static Refusal ShouldBeRefused<T>(this Outcome<T>? outcome, RefusalCode code)
        where T : class
    {
        outcome.ShouldNotBeNull();
        return outcome.Refusal.ShouldBe(code);
    }

    public static Refusal ShouldBe(this Refusal? refusal, RefusalCode code)
    {
        refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        return refusal;
    }

    public static string Of(this Refusal refusal, string fact) => refusal.Facts.Single(f => f.Name == fact).Value;
}
