using Microsoft.Extensions.DependencyInjection;
using TownReform.Browser.Tests.Fixtures;
using TownReform.Browser.Tests.Journeys;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Api;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Pages of leaders, auditors, departments and operators, of accounts and documents, in the states they have.</summary>
public class OtherPagesTests(WebTown town)
{
    private const string Password = "eleven calm otters at dawn";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BoardAndAudit_InEveryState_AreForAll(bool chinese)
    {
        Seat In(Seat seat) => seat with { Chinese = chinese };
        var number = await town.OpenCaseAsync("accept");
        await using (var leader = await town.OfKindAsync(AccountKind.Leader, In))
        {
            await AllAsync(leader, "/board", $"/board/{WebTown.Town}", $"/board/{WebTown.Town}?wall=true", "/board/nowhere");
        }

        await using var auditor = await town.OfKindAsync(AccountKind.Auditor, In);
        var file = $"/audit/cases/{number}";
        await AllAsync(
            auditor,
            "/audit",
            "/audit?town=yandian",
            "/audit/reads",
            file,
            $"{file}?reason=年度抽查",
            "/audit/cases/YD99999999"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CountyAndDocuments_InEveryState_AreForAll(bool chinese)
    {
        Seat In(Seat seat) => seat with { Chinese = chinese };
        var department = town.Silo.Seeds.Towns[WebTown.Town].Items[WebTown.Item].CountyDepartment;
        await using (var county = await town.CountyAsync(department, In))
        {
            var list = $"/county/{department}/filings";
            await AllAsync(county, list, $"{list}?all=true", $"{list}/YD99999999", $"/o/{department}", "/county/nowhere/filings");
        }

        var number = await town.OpenCaseAsync("accept");
        await using var officer = await town.OfficerAsync((await town.ReadAsync(number)).Officers[0], In);
        var office = $"office={PermitJourney.Service}";
        await AllAsync(officer, $"/documents/{number}/1-receipt-of-papers?{office}", $"/receipts/{number}?{office}");
        await using var stranger = await town.StrangerAsync(In);
        await AllAsync(stranger, "/verify", "/verify?receipt=none", $"/verify?number={number}&record=1&words=wrong");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Account_InEveryState_IsForAll(bool chinese)
    {
        var (name, accounts) = ($"account-{chinese}", town.Silo.Services.GetRequiredService<AccountStore>());
        var hash = await new Passwords().HashAsync(Password);
        var account = new Account(name, AccountKind.Auditor, name, new("审计员", "Auditor"));
        (await accounts.AddAsync(account, hash, mustChange: false, TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        await using var person = await town.StrangerAsync(seat => seat with { Chinese = chinese });
        await person.OpenAsync("/sign-in?return=/account");
        await person.Page.FillAsync("#name", name);
        await person.Page.FillAsync("#password", "wrong");
        await person.PressAsync("登录", "Sign in");
        await CheckAsync(person);
        await person.Page.FillAsync("#password", Password);
        await person.PressAsync("登录", "Sign in");
        await person.Page.WaitForURLAsync("**/account");
        await AllAsync(person, "/account", "/account/password", "/account/second-factor", "/sign-in/again");
    }

    [Fact]
    public async Task SimulationsAndWorlds_InEveryState_AreForAll()
    {
        var world = await HeldAsync();
        foreach (var chinese in new[] { true, false })
        {
            await using var person = await town.OfKindAsync(AccountKind.Operator, seat => seat with { Chinese = chinese });
            await AllAsync(person, "/simulate", world);
            await person.OpenAsync("/simulate");
            await person.FillAsync("seed", "x");
            await person.PressAsync("下达运行", "Run it");
            (await person.Page.TitleAsync()).ShouldStartWith(person.Say("有误：", "Error: "));
            await CheckAsync(person);
            var office = $"{world}/{WebTown.Town}/o/{PermitJourney.Service}";
            await AllAsync(person, $"{world}/board", $"{world}/items/{WebTown.Item}", $"{world}/track", $"{world}/register");
            await AllAsync(person, office, $"{office}/people", $"{world}/nothing");
            await person.OpenAsync(office);
            await person.Page.Locator("tbody th a").First.ClickAsync();
            await CheckAsync(person);
            (await person.Page.TitleAsync()).ShouldContain(person.Say("模拟世界，虚拟日", "Simulated world, virtual day"));
        }
    }

    private static async Task AllAsync(Person person, params string[] paths)
    {
        foreach (var path in paths)
        {
            (await person.OpenAsync(path)).Status.ShouldBeLessThan(500, path);
            await CheckAsync(person);
        }
    }

    // What axe looks at doesn't depend on the language; how wide the text is does.
    private static async Task CheckAsync(Person person)
    {
        if (!person.Seat.Chinese)
        {
            await person.IsForAllAsync();
            return;
        }

        await person.Page.SetViewportSizeAsync(Seat.Zoomed, Seat.HeightOf(Seat.Zoomed));
        await person.FitsAsync();
    }

    // A run that stands still on a day, and the address of its world.
    private async Task<string> HeldAsync()
    {
        var account = town.Silo.Of(AccountKind.Operator);
        var order = new { scenario = "demo", holdOn = "2026-11-10" };
        using var ordered = await town.Silo.PostAsync(account, "/api/v1/simulations", order, SignedInSilo.Fresh());
        var run = (await SignedInSilo.JsonAsync(ordered)).GetProperty("id").GetString();
        string? world = null;
        await Eventually.HoldsAsync(
            "the run is held",
            async () =>
            {
                using var answer = await town.Silo.GetAsync(account, $"/api/v1/simulations/{run}");
                var told = await SignedInSilo.JsonAsync(answer);
                world = told.TryGetProperty("world", out var held) ? held.GetString() : null;
                return world is not null;
            },
            TimeSpan.FromMinutes(2)
        );
        return $"/worlds/{world}";
    }
}
