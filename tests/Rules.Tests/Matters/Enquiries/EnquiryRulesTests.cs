using System.Collections.Immutable;
using TownReform.Grains.Matters.Enquiries;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Enquiries;

/// <summary>What may be done with an enquiry, rule by rule (首问负责, B3).</summary>
[ShowsClause("B3")]
public sealed class EnquiryRulesTests
{
    private static readonly DateOnly Day = new(2019, 6, 5);
    private static readonly StaffFacts Zhang = RealSeeds.Yandian.Staff.First(p => p.Organ == "government-service");

    private static readonly CaseFile Open = CaseFile.None with { Owners = ["YD-001"] };

    [Theory]
    [InlineData("2019-06-01", "2019-06-04", null)]
    [InlineData("2019-06-01", "2019-06-05", RefusalCode.EnquiryTakerAway)]
    [InlineData("2019-06-05", "2019-06-07", RefusalCode.EnquiryTakerAway)]
    [InlineData("2019-06-06", "2019-06-07", null)]
    public void MayTakeOver_OnLeave_IsRefusedFromFirstToLastDay(string from, string until, RefusalCode? expected) =>
        May(Zhang with { Absences = [new Absence(AbsenceKind.Leave, Date(from), Date(until))] }, Open).ShouldBe(expected);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(2, RefusalCode.EnquiryHandedBack)]
    [InlineData(3, RefusalCode.EnquiryHandedBack)]
    public void MayTakeOver_OwnedBefore_IsRefusedFromTheSecondTimeOn(int turns, RefusalCode? expected)
    {
        ImmutableArray<string> owners = [.. Enumerable.Repeat(new[] { Zhang.Id, "YD-001" }, turns).SelectMany(o => o)];
        May(Zhang, CaseFile.None with { Owners = ["YD-001", .. owners] }).ShouldBe(expected);
    }

    [Fact]
    public void MayTakeOver_Owner_IsRefused() =>
        May(Zhang, CaseFile.None with { Owners = [Zhang.Id] }).ShouldBe(RefusalCode.EnquiryOwnsAlready);

    [Theory]
    [InlineData("answered", null, null)]
    [InlineData("answered", "enforcement", null)]
    [InlineData("not-ours", "enforcement", null)]
    [InlineData("not-ours", null, RefusalCode.EnquiryDutyUnnamed)]
    public void DutyNamed_NotOurs_NeedsABody(string outcome, string? responsible, RefusalCode? expected) =>
        (EnquiryRules.DutyNamed(outcome, responsible)?.Code).ShouldBe(expected);

    private static RefusalCode? May(StaffFacts to, CaseFile file) =>
        EnquiryRules.MayTakeOver(to, file, new Stamp(Guid.Empty, new Actor("YD-001", "government-service"), default), Day)?.Code;

    private static DateOnly Date(string day) => DateOnly.ParseExact(day, "O", null);
}
