using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>Double click, back button, a form sent again: one record.</summary>
public class OnceOnlyTests(WebTown town)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Application_ClickedTwiceAndSentAgain_IsOneCase(bool script)
    {
        await using var citizen = await town.CitizenAsync(seat => seat with { Script = script });
        await citizen.OpenAsync($"/my/apply/{WebTown.Item}");
        await citizen.FillAsync("applicant-name", "双击商店");
        var checking = await citizen.FormAsync("stage", "check");
        await citizen.PressAsync("", "Next: check it");
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Submit the application" }).DblClickAsync();
        await citizen.Page.WaitForURLAsync("**/my/cases/**");
        var number = NumberOf(citizen);

        // The page to check was an answer to a form; the browser asks whether to send that again, and whoever says yes is there again.
        await citizen.SendAgainAsync(checking);
        await citizen.SeesAsync("", "Not submitted yet");
        await citizen.PressAsync("", "Submit the application");
        NumberOf(citizen).ShouldBe(number);

        await citizen.OpenAsync("/my");
        (await citizen.Page.Locator("main ul.list > li").CountAsync()).ShouldBe(1);
        (await town.ReadAsync(number)).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Act_ClickedTwiceAndSentAgain_IsOneRecord(bool script)
    {
        var number = await town.OpenCaseAsync();
        await using var officer = await town.OfficerAsync(
            (await town.ReadAsync(number)).Officers[0],
            seat => seat with { Script = script }
        );
        await officer.OpenAsync($"/o/{PermitJourney.Service}/cases/{number}/acts/accept");
        var sent = await officer.FormAsync("go", "do");
        await officer.Page.Locator("button[value=do]").DblClickAsync();
        await officer.Page.WaitForURLAsync("**?done=2");
        await officer.Page.GoBackAsync();
        await officer.SeesAsync("", number);
        await officer.SendAgainAsync(sent);
        await officer.Page.WaitForURLAsync("**?done=2");
        (await town.ReadAsync(number)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Reload_AfterAnAct_SendsNothing()
    {
        var number = await town.OpenCaseAsync();
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0]);
        await officer.DoAsync(number, "accept");
        await officer.Page.ReloadAsync();
        await officer.SeesAsync("", "Done:");
        (await town.ReadAsync(number)).Version.ShouldBe(2);
    }

    private static string NumberOf(Person person) => person.Page.Url.Split("/cases/")[1].Split('?')[0];
}
