using TownReform.Grains.Rules.Moments;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Moments;

/// <summary>O: near the silo's clock, and never before the last record.</summary>
[ShowsClause("A3", "I2")]
public sealed class MomentRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Allowance = TimeSpan.FromMinutes(5);
    private static readonly LateEntry Late = new("停电", "收件登记本第 12 页");

    [Theory]
    [InlineData(-301, RefusalCode.MomentOffClock)]
    [InlineData(-300, null)]
    [InlineData(-299, null)]
    [InlineData(0, null)]
    [InlineData(299, null)]
    [InlineData(300, null)]
    [InlineData(301, RefusalCode.MomentOffClock)]
    public void Check_SecondsOffTheClock_IsRefusedBeyondFiveMinutes(int seconds, RefusalCode? code)
    {
        var refusal = MomentRules.Check(Stamp(Now.AddSeconds(seconds)), null, Now.ToUniversalTime(), Allowance);
        refusal?.Code.ShouldBe(code.GetValueOrDefault());
        (refusal is null).ShouldBe(code is null);
    }

    [Fact]
    public void Check_OffTheClock_NamesBothMomentsInTheCommandsOwnTime()
    {
        var refusal = MomentRules.Check(Stamp(Now.AddHours(-1)), null, Now.ToUniversalTime(), Allowance).ShouldNotBeNull();
        refusal.Because.En.ShouldContain("2026-03-02 08:00:00 +08:00");
        refusal.Because.En.ShouldContain("2026-03-02 09:00:00 +08:00");
        refusal.Because.Zh.ShouldContain("补录");
        refusal.Facts.Select(f => f.Name).ShouldBe(["at", "received", "allowance-seconds"]);
    }

    [Fact]
    public void Check_LateEntry_IsOfThePastOnly()
    {
        MomentRules.Check(Stamp(Now.AddDays(-30), Late), null, Now, Allowance).ShouldBeNull();
        MomentRules.Check(Stamp(Now.AddSeconds(301), Late), null, Now, Allowance)!.Code.ShouldBe(RefusalCode.MomentOffClock);
    }

    [Theory]
    [InlineData("", "12", "reason")]
    [InlineData("power cut", " ", "paper")]
    [InlineData(" ", "", "reason and paper")]
    public void Check_LateEntryWithoutReasonOrPaper_IsRefused(string reason, string paper, string missing) =>
        MomentRules.Check(Stamp(Now.AddDays(-1), new(reason, paper)), null, Now, Allowance)!.Facts.ShouldBe([new Fact("missing", missing)]);

    [Theory]
    [InlineData(-1000, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Check_BeforeTheLastRecord_IsRefusedUnlessTheSameSecond(int milliseconds, bool passes)
    {
        var last = Now.AddMilliseconds(500);
        var refusal = MomentRules.Check(Stamp(last.AddMilliseconds(milliseconds)), last.ToUniversalTime(), null, default);
        (refusal?.Code).ShouldBe(passes ? null : RefusalCode.MomentBeforeLastRecord);
    }

    [Fact]
    public void Check_ReviewedLaterThanGranted_NamesBoth()
    {
        // A3: reviewed 2019-06-28, granted "on" 2019-06-04.
        var (review, grant) = (
            new DateTimeOffset(2019, 6, 28, 9, 0, 0, TimeSpan.FromHours(8)),
            new DateTimeOffset(2019, 6, 4, 9, 0, 0, TimeSpan.FromHours(8))
        );
        var refusal = MomentRules.Check(Stamp(grant, Late), review, Now, Allowance).ShouldNotBeNull();
        refusal.Code.ShouldBe(RefusalCode.MomentBeforeLastRecord);
        refusal.Because.En.ShouldContain("2019-06-04 09:00:00");
        refusal.Because.En.ShouldContain("2019-06-28 09:00:00");
    }

    public static TheoryData<DateTimeOffset> Absurd =>
        new(
            DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue,
            new DateTimeOffset(1, 1, 2, 0, 0, 0, TimeSpan.FromHours(14)),
            new DateTimeOffset(9999, 12, 30, 0, 0, 0, TimeSpan.FromHours(-14))
        );

    [Theory, MemberData(nameof(Absurd))]
    public void Check_AtTheEndsOfTheCalendar_IsRefusedInWords(DateTimeOffset at)
    {
        MomentRules
            .Check(Stamp(at), DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddDays(-3000), Allowance)!
            .Because.En.ShouldNotBeEmpty();
        MomentRules.Check(Stamp(at), null, Now, Allowance)!.Because.En.ShouldNotBeEmpty();
    }

    private static Stamp Stamp(DateTimeOffset at, LateEntry? late = null) => new(Guid.Empty, new Actor("S1", "service"), at, late);
}
