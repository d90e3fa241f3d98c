using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Enquiries;

/// <summary>An enquiry from the first contact to its end, by its procedure (首问负责, B3).</summary>
[ShowsClause("B3")]
public sealed class EnquiryTests
{
    // The week of 2019-06-10, Monday to Friday, has no holiday.
    private static readonly DateOnly Monday = new(2019, 6, 10);
    private static readonly Actor First = Of("government-service");
    private static readonly Actor Other = Of("enforcement");

    [Fact]
    public void Open_ByStaff_IsTheirsFromTheFirstContactOn()
    {
        var opened = Opened();
        (opened.File.Owner, opened.File.Workplace).ShouldBe((First.Id, "yandian/government-service"));
        opened.File.Officers.ShouldBe([First.Id]);
        opened.Clock(Monday).Due.ShouldBe(Monday.AddDays(3));
    }

    [Fact]
    public void Open_ByTheAsker_IsRefused() =>
        Enquiry()
            .Open(PureCase.Public(), Monday, new Field("question", "低保怎么办？"))
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.ActorWrongRole);

    [Fact]
    public void HandOver_Accepted_MovesOwnerAndPlace()
    {
        var enquiry = Opened().Do("hand-over", First, Monday, new("to", Other.Id), new("reason", "执法事项"));
        (enquiry.File.Owner, enquiry.File.Workplace).ShouldBe((First.Id, "yandian/enforcement"));
        enquiry.File.Officers.ShouldBe([Other.Id]);
        enquiry.Act("accept", First, Monday).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.ActorWrongRole);

        enquiry.Do("accept", Other, Monday);
        enquiry.File.Owners.ShouldBe([First.Id, Other.Id]);
        enquiry.File.Officers.ShouldBe([Other.Id]);

        // Whoever had it answers no longer.
        enquiry.Act("answer", First, Monday, Answered).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.ActorWrongRole);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void HandOver_NotAcceptedByTheNextWorkingDay_Returns(int later, bool returns)
    {
        var enquiry = Opened().Do("hand-over", First, Monday, new("to", Other.Id), new("reason", "执法事项"));
        enquiry.Clock(Monday.AddDays(later)).Expired.ShouldBe(returns);
    }

    [Fact]
    public void Return_OfWhatNobodyAccepted_IsTheFirstOnesAgainAndAmber()
    {
        var enquiry = Opened()
            .Do("hand-over", First, Monday, new("to", Other.Id), new("reason", "执法事项"))
            .DoSystem("return", Monday.AddDays(2));
        (enquiry.File.Owner, enquiry.File.Colour, enquiry.File.Workplace).ShouldBe(
            (First.Id, ClockColour.Amber, "yandian/government-service")
        );
        enquiry.File.Officers.ShouldBe([First.Id]);
    }

    [Theory]
    [InlineData(3, ClockColour.Red)]
    [InlineData(4, ClockColour.Overdue)]
    public void Answer_AfterTheThirdWorkingDay_IsLate(int later, ClockColour expected) =>
        Opened().Clock(Monday.AddDays(later)).Colour.ShouldBe(expected);

    [Fact]
    public void Close_WithoutAnAnswer_IsRefused()
    {
        var enquiry = Opened();
        enquiry.Act("close", First, Monday).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.ActNotHere);
        enquiry
            .Act("answer", First, Monday, new Field("outcome", "answered"))
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.FieldMissing);
        enquiry.Do("answer", First, Monday, Answered).Do("close", First, Monday);
        enquiry.File.Ending.ShouldBe("closed");
    }

    [Fact]
    public void Answer_NotOurs_NamesAKnownBody()
    {
        var enquiry = Opened();
        enquiry
            .Act("answer", First, Monday, new("outcome", "not-ours"), new("answer", "请找县局"))
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.EnquiryDutyUnnamed);
        enquiry
            .Act("answer", First, Monday, new("outcome", "not-ours"), new("answer", "请找县局"), new("responsible", "moon"))
            .Refusal.ShouldNotBeNull()
            .Code.ShouldBe(RefusalCode.FieldMalformed);
        enquiry.Do("answer", First, Monday, new("outcome", "not-ours"), new("answer", "请找执法局"), new("responsible", "enforcement"));
    }

    [Fact]
    public void Labels_AreTheOwnerWhileOpenAndTheOutcome()
    {
        var enquiry = Opened();
        Labels(enquiry).ShouldBe([("owner", First.Id)]);
        enquiry.Do("answer", First, Monday, Answered).Do("close", First, Monday);
        Labels(enquiry).ShouldBe([("outcome", "answered")]);
    }

    [Fact]
    public void AlwaysTrue_OpenWithoutOwner_IsNoticed()
    {
        var enquiry = Opened();
        var invariant = enquiry.Procedure.Declared.AlwaysTrue.ShouldHaveSingleItem();
        invariant.Holds(enquiry.File).ShouldBeTrue();
        invariant.Holds(enquiry.File with { Owners = [] }).ShouldBeFalse();
        invariant.Holds(enquiry.File with { Officers = [First.Id, Other.Id] }).ShouldBeFalse();
        invariant.Holds(enquiry.File with { Officers = [] }).ShouldBeFalse();
    }

    private static Field[] Answered => [new("outcome", "answered"), new("answer", "请带身份证到一楼窗口")];

    private static IEnumerable<(string, string?)> Labels(PureCase enquiry) =>
        enquiry.Procedure.Labels.Select(label => (label.Name, label.Value(enquiry.File))).Where(label => label.Item2 is not null);

    private static Actor Of(string organ)
    {
        var person = RealSeeds.Yandian.Staff.First(p => p.Organ == organ);
        return new(person.Id, organ);
    }

    private static PureCase Enquiry() => PureCase.About(RealSeeds.Yandian, "enquiry", "");

    private static PureCase Opened()
    {
        var enquiry = Enquiry();
        enquiry.Open(First, Monday, new Field("question", "低保怎么办？")).Refusal?.ToString().ShouldBeNull();
        return enquiry;
    }
}
