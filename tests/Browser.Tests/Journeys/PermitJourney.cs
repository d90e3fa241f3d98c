using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>What people do on the way of a permit, page by page as they see it.</summary>
internal static class PermitJourney
{
    public const string Service = "government-service";

    /// <summary>From the first page: looks for the service, fills in, checks, submits.</summary>
    /// <returns>The number of the case.</returns>
    public static async Task<string> ApplyAsync(this Person citizen, string name = "某店")
    {
        await citizen.OpenAsync("/");
        await citizen.FillAsync("q", WebTown.Item);
        await citizen.PressAsync("查找", "Search");
        (await citizen.Page.Locator($"a[href='/items/{WebTown.Item}']").CountAsync()).ShouldBe(1);
        await citizen.OpenAsync($"/my/apply/{WebTown.Item}");
        await citizen.SeesAsync("尚未提交", "Not submitted yet");
        await citizen.FillAsync("applicant-name", name);
        await citizen.PressAsync("下一步：核对", "Next: check it");
        await citizen.SeesAsync("提交以后", "After you submit");
        await citizen.PressAsync("提交申请", "Submit the application");
        await citizen.SeesAsync("申请已提交", "Your application was submitted");
        return citizen.Page.Url.Split("/cases/")[1].Split('?')[0];
    }

    /// <summary>Opens the file of a case at the office.</summary>
    public static Task OpenFileAsync(this Person officer, string number) => officer.OpenAsync($"/o/{Service}/cases/{number}");

    /// <summary>From the file: chooses an act, fills in its form, does it; one that decides is checked first.</summary>
    public static async Task DoAsync(this Person officer, string number, string act, params (string Field, string Value)[] fields)
    {
        await officer.OpenFileAsync(number);
        await officer.Page.Locator($"a[href$='/cases/{number}/acts/{act}']").ClickAsync();
        await officer.FillInAsync(fields);
        await officer.SendAsync();
        officer.Page.Url.ShouldContain("?done=", customMessage: await officer.ReadAsync());
    }

    /// <summary>Fills in the fields of an act.</summary>
    public static async Task FillInAsync(this Person person, params (string Field, string Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            var radios = person.Page.Locator($"input[type=radio][name='f.{field}']");
            if (await radios.CountAsync() > 0)
            {
                await person.Page.Locator($"input[type=radio][name='f.{field}'][value='{value}']").CheckAsync();
            }
            else
            {
                await person.Page.Locator($"textarea[name='f.{field}'], input[type=text][name='f.{field}']").FillAsync(value);
            }
        }
    }

    /// <summary>Sends the form of an act, with the last look before a decision.</summary>
    /// <param name="preview">Only up to that look.</param>
    public static async Task SendAsync(this Person officer, bool preview = false)
    {
        if (await officer.Page.Locator("button[value=preview]").CountAsync() == 1)
        {
            await officer.Page.Locator("button[value=preview]").ClickAsync();
        }

        if (!preview)
        {
            await officer.Page.Locator("button[value=do]").ClickAsync();
        }
    }
}
