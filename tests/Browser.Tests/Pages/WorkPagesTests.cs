using TownReform.Browser.Tests.Fixtures;
using TownReform.Browser.Tests.Journeys;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Pages of those who work and of parties, in the states they have: empty, full, faulty, refused, ended, long names.</summary>
public class WorkPagesTests(WebTown town)
{
    /// <summary>A name of the length that people type by mistake.</summary>
    private static readonly string LongName = string.Concat(Enumerable.Repeat("莘县古云镇红庙子社区股份经济合作社", 11));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OfficePages_InEveryState_AreForAll(bool chinese)
    {
        Seat In(Seat seat) => seat with { Chinese = chinese };
        var number = await town.OpenCaseAsync("accept", "recommend");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0], In);
        var file = $"/o/{PermitJourney.Service}/cases/{number}";
        foreach (
            var path in new[]
            {
                $"/o/{PermitJourney.Service}",
                $"/o/{PermitJourney.Service}?tab=office",
                $"/o/{PermitJourney.Service}?tab=overdue",
                $"/o/{PermitJourney.Service}/people",
                $"/o/{PermitJourney.Service}/overdue",
                "/o/nowhere",
                file,
                $"{file}?asOf=1",
                $"{file}/acts/grant",
                $"{file}/acts/refuse",
            }
        )
        {
            await officer.OpenAsync(path);
            await officer.IsForAllAsync();
        }

        // The form of the last page, sent without what it asks for.
        await officer.Page.Locator("button[value=preview]").ClickAsync();
        (await officer.Page.TitleAsync()).ShouldStartWith(officer.Say("有误：", "Error: "));
        (await officer.Page.EvaluateAsync<string>("() => document.activeElement.className")).ShouldBe("summary");
        await officer.IsForAllAsync();
        await officer.FillInAsync(("reason", LongName));
        await officer.Page.Locator("button[value=preview]").ClickAsync();
        await officer.IsForAllAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PartyPages_InEveryState_AreForAll(bool chinese)
    {
        await using var citizen = await town.CitizenAsync(seat => seat with { Chinese = chinese, Width = Seat.Phone });
        foreach (var path in new[] { "/my", "/my/cases/YD99999999", $"/my/apply/{WebTown.Item}" })
        {
            await citizen.OpenAsync(path);
            await citizen.IsForAllAsync();
        }

        await citizen.FillAsync("applicant-name", "");
        await citizen.PressAsync("下一步：核对", "Next: check it");
        (await citizen.Page.TitleAsync()).ShouldStartWith(citizen.Say("有误：", "Error: "));
        await citizen.IsForAllAsync();
        await citizen.FillAsync("applicant-name", LongName);
        await citizen.PressAsync("下一步：核对", "Next: check it");
        await citizen.IsForAllAsync();
        await citizen.PressAsync("提交申请", "Submit the application");
        await citizen.IsForAllAsync();
        await citizen.OpenAsync("/my");
        await citizen.IsForAllAsync();
        await citizen.FollowAsync("政府投资项目审批", "Approval of a government investment project");
        await citizen.FollowAsync("撤回申请", "Withdraw");
        await citizen.IsForAllAsync();
        await citizen.Page.Locator("main form button[type=submit]").ClickAsync();
        await citizen.IsForAllAsync();
    }

    [Fact]
    public async Task Officer_WithTheKeyboardAlone_DecidesACase()
    {
        var number = await town.OpenCaseAsync("accept", "recommend");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0]);
        await officer.OpenAsync($"/o/{PermitJourney.Service}?tab=mine");
        await officer.Page.Keyboard.PressAsync("Tab");
        (await officer.FocusedAsync()).ShouldBe("Skip to the content");
        await officer.Page.Keyboard.PressAsync("Enter");
        await officer.TabToAsync("Take next");
        await officer.OpenFileAsync(number);
        await officer.TabToAsync("Grant");
        await officer.Page.Keyboard.PressAsync("Enter");
        await officer.Page.WaitForURLAsync("**/acts/grant");
        await officer.TabToAsync("Check the decision");
        await officer.Page.Keyboard.PressAsync("Enter");
        await officer.SeesAsync("", "You are about to decide");
        await officer.TabToAsync("Decide: ");
        await officer.Page.Keyboard.PressAsync("Enter");
        await officer.Page.WaitForURLAsync("**?done=*");
        await officer.TabToAsync("Next task");
    }

    [Fact]
    public async Task CaseFile_Printed_HasTheFileAndNotTheSite()
    {
        var number = await town.OpenCaseAsync("accept");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0]);
        await officer.OpenFileAsync(number);
        await officer.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await officer.Page.Locator(".site-head").IsVisibleAsync()).ShouldBeFalse();
        (await officer.Page.Locator(".site-foot").IsVisibleAsync()).ShouldBeFalse();
        await officer.SeesAsync("", number);
        (await officer.Page.PdfAsync(new() { Format = "A4" })).Length.ShouldBeGreaterThan(1000);
    }
}
