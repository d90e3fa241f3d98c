using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Grains.Tests.Work;

/// <summary>The inbox of an office, with the colour of each clock, also after its grain has woken anew; and the filing task of one
/// case.</summary>
public sealed class InboxGrainTests(CaseCluster cluster)
{
    private static readonly DateOnly Day = PureCase.Day;

    [Fact]
    public async Task Inbox_OverdueCase_IsFoundByItsColourAlsoAfterWaking()
    {
        var town = await cluster.FoundAsync();
        var (late, fresh) = (await OpenAsync(town, Day), await OpenAsync(town, Day.AddDays(19)));
        await late.DoAsync("accept", Day);
        await town.SweepAsync(Day.AddDays(20));
        var office = town.Bureau("government-service");
        for (var woken = false; ; woken = true)
        {
            var overdue = (await office.InboxAsync(new(Overdue: true))).ShouldSucceed();
            var line = overdue.Lines.ShouldHaveSingleItem();
            (line.Work.Case, line.Colour, overdue.Counts.Total).ShouldBe((late.Number, (await late.ViewAsync()).Colour, 1));
            (await office.InboxAsync(null!)).ShouldSucceed().Lines.Select(l => l.Work.Case).ShouldBe([late.Number, fresh.Number]);
            if (woken)
            {
                break;
            }

            await cluster.ForgetAsync(office);
        }
    }

    [Fact]
    public async Task Filing_OfOneCase_IsReadByItsNumber()
    {
        var town = await cluster.FoundAsync();
        var permit = await OpenAsync(town, Day);
        await permit.DoAsync("accept", Day);
        await permit.DoAsync("recommend", Day, F("recommendation", "grant"));
        await permit.DoAsync("grant", Day);
        var county = town.County(town.Plan.Item("permit").CountyDepartment);
        var task = (await county.ReadFilingAsync($" {permit.Number} ")).ShouldSucceed();
        (task.Case, task.Answer, task.Item).ShouldBe((permit.Number, null, town.Plan.Item("permit").Code));
        (await county.ReadFilingAsync("YD00009999")).ShouldBeRefused(RefusalCode.FilingUnknown);
        (await county.ReadFilingAsync(null!)).ShouldBeRefused(RefusalCode.TextMissing);
        (await town.County("nowhere").ReadFilingAsync(permit.Number)).ShouldBeRefused(RefusalCode.NoSuchOffice);
    }

    private static Task<TestCase> OpenAsync(TestTown town, DateOnly day) =>
        town.OpenAsync("permit", town.Plan.Item("permit"), PureCase.Public(), day);
}
