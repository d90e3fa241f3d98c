using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Matters.Penalties;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>C6: to the county and back, to the police within a day; limits stop between.</summary>
[ShowsClause("C6")]
public sealed class TransferTests
{
    private const string Department = "urban-management";
    private static readonly DateOnly Day = PureCase.Day;
    private static readonly Actor County = new($"{Department}-1", Department);

    [Fact]
    public void Transfer_SentBack_GoesOnWhereItLeftWithTheDaysUsed()
    {
        // Filed on Wednesday; transferred after two calendar days, sent back a week later.
        var penalty = AtCounty(Day.AddDays(2));
        penalty.File.Workplace.ShouldBe($"linqing/{Department}");
        penalty.Used(Day.AddDays(9)).ShouldBe(2);
        penalty.Do("send-back", County, Day.AddDays(9), F("sent-back-reason", "属于镇级权限")).File.Step.ShouldBe("investigation");
        penalty.Used(Day.AddDays(9)).ShouldBe(2);
        penalty.Used(Day.AddDays(10)).ShouldBe(3);
    }

    [Theory]
    [InlineData("2019-04-17", false)]
    [InlineData("2019-04-18", true)]
    public void Transfer_NoAnswer_IsOverdueOnTheSixthWorkingDay(string on, bool overdue) =>
        (AtCounty(Day).Clock(DateOnly.ParseExact(on, "O")).Colour >= ClockColour.Overdue).ShouldBe(overdue);

    [Fact]
    public void Transfer_ToTheSameOfficeAgain_NeedsNewFacts()
    {
        var penalty = AtCounty(Day).Do("send-back", County, Day, F("sent-back-reason", "属于镇级权限"));
        var refusal = Transfer(penalty, Department).ShouldNotBeNull();
        (refusal.Code, refusal.Clause, refusal.Of("reason")).ShouldBe((RefusalCode.TransferredBefore, "C6", "属于镇级权限"));
        Transfer(penalty, "housing").ShouldBeNull();
        var again = AtCounty(Day).Do("send-back", County, Day, F("sent-back-reason", "属于镇级权限"));
        Transfer(again, Department, F("new-facts", "查明涉及另一镇")).ShouldBeNull();

        // What was found for one transfer is nothing new for the next.
        again.Do("send-back", County, Day, F("sent-back-reason", "仍属镇级权限"));
        Transfer(again, Department).ShouldNotBeNull().Code.ShouldBe(RefusalCode.TransferredBefore);
    }

    [Fact]
    public void Transfer_ToAnOrganOfTheTown_IsRefused() =>
        Transfer(PenaltyAtInvestigation(), "social-affairs").ShouldNotBeNull().Code.ShouldBe(RefusalCode.TransferNotAbove);

    [Fact]
    public void TakeOn_ByAnotherOffice_IsRefused()
    {
        var penalty = AtCounty(Day);
        penalty
            .Act("take-on", new Actor("housing-1", "housing"), Day, F("county-number", "7号"))
            .ShouldBeRefused(RefusalCode.ActorWrongRole);
        penalty
            .Do("take-on", County, Day, F("county-number", "7号"))
            .Do("report-outcome", County, Day, F("outcome", "已处罚"))
            .File.Disposition.ShouldBe(Disposition.Transferred);
    }

    [Fact]
    public void Crime_ApprovedByTheHead_GoesToThePoliceWithACopy()
    {
        var penalty = PenaltyAtInvestigation()
            .Do("propose-crime", Officer(0), Day, With(1), F("reason", "涉嫌犯罪"))
            .Do("approve-crime", Head(0), Day);
        penalty
            .Act("hand-to-police", Officer(0), Day, F("transfer-to", "housing"), F("copied-to", "临清市人民检察院"))
            .ShouldBeRefused(RefusalCode.TransferNotToPolice);
        penalty.Act("hand-to-police", Officer(0), Day, F("transfer-to", "public-security")).ShouldBeRefused(RefusalCode.FieldMissing);
        penalty.Do("hand-to-police", Officer(0), Day.AddDays(1), F("transfer-to", "public-security"), F("copied-to", "临清市人民检察院"));
        penalty.File.Workplace.ShouldBe("linqing/public-security");
    }

    [Theory]
    [InlineData(86_400, null, true)]
    [InlineData(86_401, null, false)]
    [InlineData(86_401, "道路中断", true)]
    public void Crime_HandedOver_WithinADayOrWithTheReason(int seconds, string? reason, bool passes)
    {
        var approved = PureCase.At(Day);
        var refusal = TransferRules.HandedOverInTime(
            reason,
            CaseFile.None with
            {
                StepSince = approved,
            },
            new Stamp(Guid.Empty, Officer(0), approved.AddSeconds(seconds)),
            new CaseLaw(RealSeeds.Library.Law, Day, Day)
        );
        (refusal?.Code, refusal?.Clause).ShouldBe(passes ? (null, null) : (RefusalCode.HandedOverLate, "C6"));
    }

    private static Refusal? Transfer(PureCase penalty, string to, params Field[] fields) =>
        penalty.Act("transfer", Officer(0), Day, [With(1), F("transfer-to", to), F("reason", "超出镇级权限"), .. fields]).Refusal;

    private static PureCase AtCounty(DateOnly on) =>
        PenaltyAtInvestigation().Do("transfer", Officer(0), on, With(1), F("transfer-to", Department), F("reason", "超出镇级权限"));
}
