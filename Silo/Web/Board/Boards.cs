using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Offices;

namespace TownReform.Silo.Web.Board;

/// <summary>Reads the boards of towns. What it counts grows with the store, so all who look on share what was counted last; the board says
/// of which moment it is.</summary>
internal sealed class Boards(CaseTotals totals, TimeProvider time)
{
    /// <summary>Cases that one look counts at most; a town receives fewer in a day.</summary>
    private const int MostOfADay = 1000;

    private readonly RecentAnswers<(string World, string Town), BoardModel> read = new(time);

    public Task<BoardModel> ReadAsync(TownCalls calls, ITownClock clock, TownDirectory town) =>
        read.GetAsync((calls.World, town.Town), () => FindAsync(calls, clock, town));

    private async Task<BoardModel> FindAsync(TownCalls calls, ITownClock clock, TownDirectory town)
    {
        var now = await clock.NowAsync();
        var work = TownCalls.AskAsync(() => calls.Index.CountWorkAsync(town.Town));
        var cases = totals.OfAsync(calls);
        var newest = TownCalls.AskAsync(() => calls.Index.ListAsync(new CaseSearch(Town: town.Town, Take: MostOfADay)));
        var refusals = TownCalls.AskAsync(() => calls.Index.CountRefusalsAsync(now.AddDays(-BoardModel.Days)));
        var today = PageDates.DayOf(now, town.TimeZone);
        return BoardModel.Of(
            TownNames.Of(town),
            now,
            await work,
            await cases,
            (await newest).Count(line => PageDates.DayOf(line.OpenedAt, town.TimeZone) == today),
            await refusals
        );
    }
}
