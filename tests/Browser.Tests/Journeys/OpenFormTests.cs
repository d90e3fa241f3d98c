using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>The case moves on, the session ends, the power goes, while somebody has a form open: nothing is lost, nothing is done that
/// they didn't see.</summary>
public class OpenFormTests(WebTown town)
{
    private const string Reason = "申请材料齐全，符合《政府投资条例》第九条规定的条件，同意审查意见。";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decision_ByTwoAtOnce_OneWinsAndTheOtherSeesIt(bool script)
    {
        var number = await town.OpenCaseAsync("accept", "recommend");
        var officers = (await town.ReadAsync(number)).Officers;
        officers.Length.ShouldBeGreaterThan(0);
        // Where a case has one officer, the two are two tabs of theirs.
        await using var one = await town.OfficerAsync(officers[0], seat => seat with { Script = script });
        await using var two = await town.OfficerAsync(officers[^1], seat => seat with { Script = script });
        await one.OpenAsync(FormOf(number, "grant"));
        await two.OpenAsync(FormOf(number, "refuse"));
        await two.FillInAsync(("reason", Reason));
        await two.Page.Locator("button[value=preview]").ClickAsync();
        await one.SendAsync();
        one.Page.Url.ShouldContain("?done=");

        await two.Page.Locator("button[value=do]").ClickAsync();
        await two.SeesAsync("", "Since you opened this page, this has happened:");
        await two.SeesAsync("", officers[0]);
        (await two.ValueAsync("f.reason")).ShouldBe(Reason);
        (await two.Page.Locator("section.told time").First.GetAttributeAsync("datetime")).ShouldNotBeNullOrEmpty();
        await two.IsForAllAsync();
        (await town.ReadAsync(number)).Step.ShouldBe("delivery");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_EndsInALongForm_NothingTypedIsLost(bool script)
    {
        var number = await town.OpenCaseAsync("accept", "recommend");
        var officer = (await town.ReadAsync(number)).Officers[0];
        await using var person = await town.OfficerAsync(officer, seat => seat with { Script = script });
        await person.OpenAsync(FormOf(number, "send-back"));
        await person.FillInAsync(("reason", Reason));
        await person.SignInAsync(null);
        await person.Page.Locator("button[value=do]").ClickAsync();
        await person.SeesAsync("", "Your session has ended; nothing was sent");
        await person.IsForAllAsync();

        await person.SignInAsync(town.Silo.Staff(WebTown.Town, officer));
        await person.PressAsync("", "I have signed in; go on");
        (await person.ValueAsync("f.reason")).ShouldBe(Reason);
        await person.Page.Locator("button[value=do]").ClickAsync();
        person.Page.Url.ShouldContain("?done=", customMessage: await person.ReadAsync());
    }

    [Fact]
    public async Task Power_RecalledWhileTheDecisionIsOpen_IsToldAndNothingTypedIsLost()
    {
        const string item = "YD-XK-003";
        var number = await town.OpenCaseOfAsync(item, "accept", "recommend");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0]);
        await officer.OpenAsync(FormOf(number, "refuse"));
        await officer.FillInAsync(("reason", Reason));
        await town.RecallAsync(item);
        await officer.SendAsync(preview: true);
        await officer.SeesAsync("", "Since you opened this page, this has happened:");
        (await officer.Page.Locator("section.told").InnerTextAsync()).ShouldContain("hand back to the county", Case.Insensitive);
        (await officer.Page.Locator("section.told").InnerTextAsync()).ShouldContain("A3");
        (await officer.ValueAsync("f.reason")).ShouldBe(Reason);
        await officer.IsForAllAsync();
    }

    [Fact]
    public async Task Draft_OfAFormThatWasLeft_IsThereAgainUntilItIsSent()
    {
        var number = await town.OpenCaseAsync("accept", "recommend");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0]);
        await officer.OpenAsync(FormOf(number, "send-back"));
        await officer.FillInAsync(("reason", Reason));
        await officer.OpenAsync("/");
        await officer.OpenAsync(FormOf(number, "send-back"));
        (await officer.ValueAsync("f.reason")).ShouldBe(Reason);
        await officer.SendAsync();
        (await officer.Page.EvaluateAsync<int>("() => Object.keys(localStorage).length")).ShouldBe(0);
    }

    private static string FormOf(string number, string act) => $"/o/{PermitJourney.Service}/cases/{number}/acts/{act}";
}
