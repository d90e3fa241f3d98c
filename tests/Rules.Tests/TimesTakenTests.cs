using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>How long cases really took, and the way that they go.</summary>
public sealed class TimesTakenTests
{
    private static readonly DateOnly Day = PureCase.Day;

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(9, 5, 9)]
    [InlineData(10, 5, 9)]
    [InlineData(11, 6, 10)]
    [InlineData(100, 50, 90)]
    public void Of_SoManyCases_ByNearestRank(int cases, int median, int ninety)
    {
        var spans = Enumerable.Range(1, cases).Reverse().Select(n => (Day, Day.AddDays(n)));
        var taken = TimesTaken.Of(spans, DayUnit.Calendar, Day.AddDays(200), RealSeeds.Library.Calendar)!;
        (taken.Cases, taken.Median, taken.NinetyPercent, taken.CalendarDays).ShouldBe((cases, median, ninety, true));
        taken.From.AddDays(TimesTaken.DaysBack - 1).ShouldBe(taken.Until);
    }

    [Fact]
    public void Of_WorkingDays_LeavesTheWeekendOut() =>
        TimesTaken.Of([(Day, Day.AddDays(7))], DayUnit.Working, Day.AddDays(9), RealSeeds.Library.Calendar)!.Median.ShouldBe(5);

    [Fact]
    public void Of_NoCase_IsNothing() => TimesTaken.Of([], DayUnit.Working, Day, RealSeeds.Library.Calendar).ShouldBeNull();

    /// <summary>Every procedure of the seeds has a way from its start to its end.</summary>
    [Fact]
    public void ShortestWay_EachProcedure_BeginsAtItsStartAndLeadsOn()
    {
        foreach (var procedure in RealSeeds.Library.Procedures.Values)
        {
            var way = ShortestWay.Of(procedure);
            way.ShouldNotBeEmpty(procedure.Code);
            way[0].Code.ShouldBe(procedure.Start);
            foreach (var (step, next) in way.Zip(way.Skip(1)))
            {
                step.Acts.Values.ShouldContain(act => act.To == next.Code, procedure.Code);
            }

            way[^1].Acts.Values.ShouldContain(act => procedure.Ends.ContainsKey(act.To), procedure.Code);
        }
    }
}
