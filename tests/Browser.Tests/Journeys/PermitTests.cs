using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>A permit from the first page to its certificate, party and officers each at their own browser.</summary>
[ShowsClause("B7")]
public class PermitTests(WebTown town)
{
    [Theory]
    [InlineData(true, true, Seat.Phone)]
    [InlineData(false, false, Seat.Desktop)]
    public async Task Permit_FromApplicationToCertificate_GoesByPages(bool script, bool chinese, int width)
    {
        Seat At(Seat seat) => seat with { Script = script, Chinese = chinese };
        await using var citizen = await town.CitizenAsync(seat => At(seat) with { Width = width });
        var number = await citizen.ApplyAsync();

        await using (var window = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0], At))
        {
            await window.OpenAsync($"/o/{PermitJourney.Service}");
            await window.FollowAsync("取下一件", "Take next");
            window.Page.Url.ShouldContain("/cases/");
            await window.DoAsync(number, "notify", ("missing", "可行性研究报告\n用地和选址意见"));
        }

        await citizen.OpenAsync("/my");
        await citizen.FollowAsync("请您办理：补交材料", "For you to do: supply papers");
        await citizen.Page.Locator("main form button[type=submit]").ClickAsync();
        await citizen.SeesAsync("已办理，已记入案卷", "Done, and on the record");
        await citizen.FitsAsync();

        await OfficersAsync(number, At, ("accept", []), ("recommend", [("recommendation", "grant")]), ("grant", []));
        await Eventually.HoldsAsync("the seal has numbered it", async () => (await town.ReadAsync(number)).Certificate is not null);
        await OfficersAsync(number, At, ("deliver", []));

        await citizen.OpenAsync($"/my/cases/{number}");
        await citizen.SeesAsync("准予许可并送达", "granted and delivered");
        await citizen.SeesAsync((await town.ReadAsync(number)).Certificate!, (await town.ReadAsync(number)).Certificate!);
        await RateAsync(citizen);
    }

    // A bad rating, and the offices that have looked at the file.
    private static async Task RateAsync(Person citizen)
    {
        await citizen.PressAsync("提交评价", "Send the rating");
        await citizen.SeesAsync("请选择一级", "Choose one of the five levels");
        await citizen.Page.Locator("input[name=level][value='2']").CheckAsync();
        await citizen.Page.Locator("textarea[name=words]").FillAsync("等得太久");
        await citizen.PressAsync("提交评价", "Send the rating");
        await citizen.SeesAsync("您已评价：不满意", "You rated it: bad");
        await citizen.SeesAsync("一个工作日内与您联系", "contacted within one working day");
        await citizen.FollowAsync("谁查看过本案卷", "Who has read this file");
        await citizen.SeesAsync("政务服务局", "Government Service");
        await citizen.FitsAsync();
    }

    private async Task OfficersAsync(string number, Func<Seat, Seat> at, params (string Act, (string, string)[] Fields)[] acts)
    {
        foreach (var (act, fields) in acts)
        {
            await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0], at);
            await officer.DoAsync(number, act, fields);
        }
    }
}
