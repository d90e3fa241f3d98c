using TownReform.Grains.Rules;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>The table of mechanisms.md, L: each row on the last day of the older text and on the first of the newer. What rules make of
/// them: LawOfTheDayTests.</summary>
public sealed class LawTableTests
{
    private static readonly DateOnly Older = new(2021, 7, 14),
        Newer = new(2021, 7, 15);

    [Theory]
    [InlineData("penalty.summary-person.yuan", "50.00 yuan", "§33", "200.00 yuan", "§51")]
    [InlineData("penalty.summary-organisation.yuan", "1000.00 yuan", "§33", "3000.00 yuan", "§51")]
    [InlineData("penalty.collect-on-spot.yuan", "20.00 yuan", "§47(1)", "100.00 yuan", "§68(1)")]
    [InlineData("penalty.hearing-request.days", "3 calendar days", "§42", "5 working days", "§64")]
    [InlineData("penalty.hearing-notice.days", "7 calendar days", "§42", "7 working days", "§64")]
    [InlineData("penalty.deliver.days", "7 calendar days", "§40", "7 working days", "§61")]
    [InlineData("penalty.hand-in.days", "2 calendar days", "§50", "2 working days", "§71")]
    [InlineData("penalty.bank.days", "2 calendar days", "§50", "2 working days", "§71")]
    [InlineData("penalty.decide.days", "no such rule", "§38", "90 calendar days", "§60")]
    [InlineData("penalty.limitation.years", "2 years", "§29", "2 years", "§36")]
    [InlineData("penalty.limitation-grave.years", "no such rule", "§29", "5 years", "§36")]
    [InlineData("penalty.officers.people", "2 people", "§37", "2 people", "§42")]
    [InlineData("penalty.summary-officers.people", "1 person", "§34", "2 people", "§42")]
    [InlineData("penalty.legal-reviewers.people", "1 person", "§38(3)", "1 person", "§58")]
    [InlineData("penalty.pay.days", "15 calendar days", "§46", "15 calendar days", "§67")]
    [InlineData("penalty.late.fraction", "3 %", "§51", "3 %", "§72")]
    [InlineData("penalty.late-cap.fraction", "100 %", "行政强制法(2011) §45", "100 %", "§72")]
    [InlineData("penalty.town-power.rule", "such a rule", "§16", "such a rule", "§24")]
    public void Penalty_OnEitherSideOfTheRevision_IsThatRow(
        string figure,
        string before,
        string articleBefore,
        string after,
        string articleAfter
    )
    {
        var (older, newer) = (Stated(figure, Older), Stated(figure, Newer));
        (older.Said.En, older.Article).ShouldBe((before, Full(articleBefore, "行政处罚法(2017)")));
        (newer.Said.En, newer.Article).ShouldBe((after, Full(articleAfter, "行政处罚法(2021)")));
    }

    [Theory]
    [InlineData("assessment.excellent-civil.fraction", 2020, 12, 28, "15 %", "20 %")]
    [InlineData("assessment.excellent-institution.fraction", 2023, 1, 12, "10 %", "20 %")]
    public void Excellent_OnEitherSideOfItsDay_IsThatRowAndToBeVerified(
        string figure,
        int year,
        int month,
        int day,
        string before,
        string after
    )
    {
        var from = new DateOnly(year, month, day);
        (Stated(figure, from.AddDays(-1)).Said.En, Stated(figure, from).Said.En).ShouldBe((before, after));
        (Stated(figure, from.AddDays(-1)).Verify, Stated(figure, from).Verify).ShouldBe((true, true));
    }

    private static LawFigure Stated(string figure, DateOnly day) => RealSeeds.Library.Law.On(day).Stated(figure).ShouldNotBeNull();

    private static string Full(string article, string text) => article.StartsWith('§') ? $"{text} {article}" : article;
}
