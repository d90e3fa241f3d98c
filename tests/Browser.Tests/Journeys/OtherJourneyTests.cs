using TownReform.Browser.Tests.Fixtures;
using TownReform.Silo.Tests.Api;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>What isn't a permit: a penalty with a hearing, a secondment, a department that may only file; with script and without, in both
/// languages, at a desk and on a phone.</summary>
[ShowsClause("B2")]
public class OtherJourneyTests(WebTown town)
{
    private const string Statement = "我单位已当场改正，请求从轻处理；听证可不再举行。";

    [Theory]
    [InlineData(true, true, Seat.Desktop)]
    [InlineData(false, false, Seat.Phone)]
    public async Task Penalty_WithAHearingAskedFor_GoesByPages(bool script, bool chinese, int width)
    {
        Seat At(Seat seat) => seat with { Script = script, Chinese = chinese, Width = width };
        var number = await OpenPenaltyAsync();
        await town.GoAsync(
            number.Case,
            At,
            ("propose", []),
            ("file", []),
            ("conclude", [("circumstance", "ordinary"), ("facts", "占道经营，经责令后未改正。"), ("with", PermitJourney.Other)]),
            ("notify", [("intended", "40000.00"), ("with", PermitJourney.Other)])
        );

        await using (var party = await town.OfPartyAsync(number.Party, At))
        {
            await party.OpenAsync("/my");
            await party.FollowAsync("请您办理", "For you to do");
            await party.OpenAsync($"/my/cases/{number.Case}");
            await party.DoMineAsync(number.Case, "request-hearing");
            await party.FitsAsync();
        }

        var day = town.Today.AddDays(30).ToString("O");
        await town.GoAsync(number.Case, At, ("set-hearing", [("hearing-on", day)]));
        await using (var party = await town.OfPartyAsync(number.Party, At))
        {
            await party.OpenAsync($"/my/cases/{number.Case}");
            await party.SeesAsync("听证", "hearing");
            await party.DoMineAsync(number.Case, "waive-hearing", ("statement", Statement));
        }

        await town.GoAsync(number.Case, At, ("pass", [("opinion", "agree")]), ("warn", []));
        (await town.ReadAsync(number.Case)).Ending.ShouldBe("warned");
        await using var told = await town.OfPartyAsync(number.Party, At);
        await told.OpenAsync($"/my/cases/{number.Case}");
        await told.SeesAsync("警告", "warn");
        await told.FitsAsync();
    }

    [Theory]
    [InlineData(true, false, Seat.Phone)]
    [InlineData(false, true, Seat.Desktop)]
    public async Task Secondment_AgreedAndApproved_TakesThePersonAwayAtTheNextPage(bool script, bool chinese, int width)
    {
        Seat At(Seat seat) => seat with { Script = script, Chinese = chinese, Width = width };
        var (person, department) = (town.SomebodyToSecond(), "development-reform");
        var view = await town.OpenAsync(
            town.Silo.County(town.County, department),
            "secondment",
            person,
            department,
            new
            {
                to = department,
                from = town.Today.ToString("O"),
                until = town.Today.AddDays(60).ToString("O"),
                need = "年度专项检查缺人手",
            }
        );
        await using var seconded = await town.OfficerAsync(person, At);
        var office = $"/o/{town.Silo.Seeds.Towns[WebTown.Town].Staff.First(one => one.Id == person).Organ}";
        (await seconded.OpenAsync(office)).Status.ShouldBe(200);
        await town.GoAsync(view.Number, At, ("agree", []), ("approve", []));
        await Eventually.HoldsAsync("the secondment binds", async () => (await seconded.OpenAsync(office)).Status == 403);
        await seconded.SeesAsync("借调", "second");
        await seconded.FitsAsync();
    }

    [Theory]
    [InlineData(true, true, Seat.Phone)]
    [InlineData(false, false, Seat.Desktop)]
    public async Task Department_WithASealedDecision_CanOnlyFileIt(bool script, bool chinese, int width)
    {
        Seat At(Seat seat) => seat with { Script = script, Chinese = chinese, Width = width };
        var number = await town.OpenCaseAsync("accept", "recommend", "grant");
        var department = town.Silo.Seeds.Towns[WebTown.Town].Items[WebTown.Item].CountyDepartment;
        var list = $"/county/{department}/filings";
        await using var county = await town.CountyAsync(department, At);
        await Eventually.HoldsAsync("the filing has come", async () => (await county.OpenAsync($"{list}/{number}")).Status == 200);
        (await county.Page.Locator("main form button").EvaluateAllAsync<string[]>("all => all.map(one => one.value)")).ShouldBe([
            "file",
            "forward",
        ]);
        await county.IsForAllAsync();

        // What B2 forbids has no control; a page that was tampered with gets the refusal and keeps what was typed.
        await county.FillAsync("comment", "应由本局审批");
        var form = await county.FormAsync("answer", "refuse");
        await county.SendAgainAsync(form);
        await county.SeesAsync("B2", "B2");
        (await county.ValueAsync("comment")).ShouldBe("应由本局审批");
        await county.IsForAllAsync();
        await county.PressAsync("备案", "File it");
        await county.SeesAsync("已备案", "is filed");
    }

    private async Task<(string Case, string Party)> OpenPenaltyAsync()
    {
        var party = town.NewParty();
        var plan = town.Silo.Seeds.Towns[WebTown.Town];
        var item = plan.Items["YD-CF-004"];
        var officer = plan.Staff.First(one => one.Organ == item.Bureau && one.Roles.Contains("officer"));
        var view = await town.OpenAsync(
            town.Silo.Staff(WebTown.Town, officer.Id),
            "penalty-general",
            item.Code,
            party,
            new Dictionary<string, string> { ["offence-date"] = town.Today.AddDays(-3).ToString("O"), ["found-by"] = "patrol" }
        );
        return (view.Number, party);
    }
}
