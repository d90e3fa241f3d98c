using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Binding;

/// <summary>Which day's version of a figure a rule is given: the text of the Administrative Penalty Law changed on 2021-07-15.</summary>
public sealed class CaseLawTests
{
    private static readonly DateOnly Before = new(2021, 7, 14),
        From = new(2021, 7, 15);

    [Fact]
    public void Figure_OfTheDayOfTheAct_IsThatOfTheDay()
    {
        Law(Before, stepOn: From).Figure(LawNames.PenaltySummaryPerson)!.Value.ShouldBe(50m);
        Law(From, stepOn: Before).Figure(LawNames.PenaltySummaryPerson)!.Value.ShouldBe(200m);
        Law(From, stepOn: Before).Figure(LawNames.PenaltySummaryPerson, begin: Before)!.Value.ShouldBe(200m);
    }

    [Fact]
    public void Figure_OfTheBeginOfAPeriod_IsThatOfTheStepUnlessAnotherBeginIsNamed()
    {
        Law(From, stepOn: Before)
            .Figure(LawNames.PenaltyHearingNotice)!
            .Limit.ShouldBe(RealSeeds.Library.Law.On(Before).Figure(LawNames.PenaltyHearingNotice).Limit);
        Law(Before, stepOn: From)
            .Figure(LawNames.PenaltyHearingNotice)!
            .Limit.ShouldBe(RealSeeds.Library.Law.On(From).Figure(LawNames.PenaltyHearingNotice).Limit);
        Law(Before, stepOn: Before)
            .Figure(LawNames.PenaltyHearingNotice, begin: From)!
            .Article.ShouldBe(RealSeeds.Library.Law.On(From).Figure(LawNames.PenaltyHearingNotice).Article);
        RealSeeds
            .Library.Law.On(From)
            .Figure(LawNames.PenaltyHearingNotice)
            .Article.ShouldNotBe(RealSeeds.Library.Law.On(Before).Figure(LawNames.PenaltyHearingNotice).Article);
    }

    private static CaseLaw Law(DateOnly day, DateOnly stepOn) => new(RealSeeds.Library.Law, day, stepOn);
}
