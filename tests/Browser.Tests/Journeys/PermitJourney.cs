using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Journeys;

/// <summary>What people do on the way of a permit, page by page as they see it.</summary>
internal static class PermitJourney
{
    public const string Service = "government-service";

    /// <summary>Stands for the other officer of the case.</summary>
    public const string Other = "*";

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
    public static Task OpenFileAsync(this Person officer, string number, string office = Service) =>
        officer.OpenAsync($"/o/{office}/cases/{number}");

    /// <summary>Acts of one case, each by whoever has it then, at a browser of their own.</summary>
    /// <param name="at">What they sit at.</param>
    public static async Task GoAsync(
        this WebTown town,
        string number,
        Func<Seat, Seat> at,
        params (string Act, (string Field, string Value)[] Fields)[] acts
    )
    {
        foreach (var (act, fields) in acts)
        {
            var view = await town.ReadAsync(number);
            var office = view.Workplace.ShouldNotBeNull($"nobody has {number} at {view.Step}").Split('/')[1];
            await using var officer = await town.HolderAsync(view, at);
            // Who does it with them is the other whom the town gave the case.
            var filled = fields.Select(one => (one.Field, one.Value == Other ? view.Officers[^1] : one.Value));
            await officer.DoAtAsync(office, number, act, [.. filled]);
        }
    }

    /// <summary>From the file: chooses an act, fills in its form, does it; one that decides is checked first.</summary>
    public static Task DoAsync(this Person officer, string number, string act, params (string Field, string Value)[] fields) =>
        officer.DoAtAsync(Service, number, act, fields);

    /// <summary>The same at another office.</summary>
    public static async Task DoAtAsync(this Person officer, string office, string number, string act, (string Field, string Value)[] fields)
    {
        await officer.OpenFileAsync(number, office);
        await officer.Page.Locator($"a[href$='/cases/{number}/acts/{act}']").ClickAsync();
        await officer.FillInAsync(fields);
        await officer.SendAsync();
        officer.Page.Url.ShouldContain("?done=", customMessage: await officer.ReadAsync());
    }

    /// <summary>A party does what is theirs to do with a case.</summary>
    public static async Task DoMineAsync(this Person party, string number, string act, params (string Field, string Value)[] fields)
    {
        await party.Page.Locator($"a[href$='/my/cases/{number}/acts/{act}']").First.ClickAsync();
        await party.FillInAsync(fields);
        await party.Page.Locator("main form button[type=submit]").ClickAsync();
        await party.SeesAsync("已办理，已记入案卷", "Done, and on the record");
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
            else if (await person.Page.Locator($"select[name='f.{field}']").CountAsync() > 0)
            {
                await person.Page.Locator($"select[name='f.{field}']").SelectOptionAsync(value);
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
