using TownReform.Grains.Rules.Reads;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>Who has read which file is noted once, and always where a reason is stated.</summary>
public sealed class ReadRulesTests
{
    private static readonly DateTimeOffset At = PureCase.At(PureCase.Day);
    private static readonly NotedRead First = new("YD00000001", "YD-024", null, At, FilePart.File, 3, null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(9 * 60 + 59, false)]
    [InlineData(10 * 60, true)]
    [InlineData(10 * 60 + 1, true)]
    [InlineData(-1, false)]
    public void News_TheSameAgain_OnlyAfterTenMinutes(int seconds, bool isNews) =>
        ReadRules.News(ReadState.Empty.With(First), [First with { At = At.AddSeconds(seconds) }]).Length.ShouldBe(isNews ? 1 : 0);

    [Fact]
    public void News_AnythingElse_IsNoted()
    {
        NotedRead[] others =
        [
            First with
            {
                Case = "YD00000002",
            },
            First with
            {
                By = "YD-025",
            },
            First with
            {
                For = "citizen",
            },
            First with
            {
                Part = FilePart.Export,
            },
            First with
            {
                Version = 4,
            },
            First with
            {
                Reason = "专项审计",
            },
        ];
        ReadRules.News(ReadState.Empty.With(First), others).ShouldBe(others);
        ReadRules.News(ReadState.Empty, [First, First, First with { At = At.AddMinutes(1) }]).ShouldBe([First]);
    }

    [Fact]
    public void Key_AndRead_AreTheSame()
    {
        var key = ReadRules.Key(PureCase.Day, "yandian", "housing");
        (key, ReadRules.Read(key)).ShouldBe(("2019-04-10/yandian/housing", (PureCase.Day, "yandian", "housing")));
        ReadRules.Read("2019-4-10/yandian/housing").ShouldBeNull();
        ReadRules.Read("yandian/housing").ShouldBeNull();
    }
}
