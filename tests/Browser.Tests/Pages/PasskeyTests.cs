using Microsoft.Extensions.DependencyInjection;
using TownReform.Browser.Tests.Fixtures;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Passkeys with an authenticator that Chromium plays.</summary>
public sealed class PasskeyTests(WebTown town)
{
    private const string Password = "seven quiet herons at noon";

    [Fact]
    public async Task Passkey_AddedInTheAccount_SignsInWithoutPasswordUntilRemoved()
    {
        var accounts = town.Silo.Services.GetRequiredService<AccountStore>();
        var account = new Account("passkey-1", AccountKind.Auditor, "passkey", new("审计员", "Auditor"));
        var hash = await new Passwords().HashAsync(Password);
        (await accounts.AddAsync(account, hash, mustChange: false, TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        await using var person = await town.StrangerAsync();
        var page = person.Page;
        await WithAuthenticatorAsync(page);
        await person.OpenAsync("/sign-in?return=/account");
        await page.FillAsync("#name", "passkey");
        await page.FillAsync("#password", Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await AtAsync(page, "/account");

        await page.FillAsync("#passkey-name", "office computer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/account?done=passkey");
        await SignOutAsync(page);

        string? sent = null;
        page.Request += (_, request) => sent = request.Url.EndsWith("/sign-in/passkey", StringComparison.Ordinal) ? request.PostData : sent;
        await WithPasskeyAsync(person);
        (await page.GetByText("office computer").CountAsync()).ShouldBeGreaterThan(0);
        await SignOutAsync(page);

        // What was sent once serves no second time.
        var again = await page.APIRequest.PostAsync(
            $"{town.Address.TrimEnd('/')}/sign-in/passkey",
            new()
            {
                DataString = sent.ShouldNotBeNull(),
                Headers = [new("Content-Type", "application/x-www-form-urlencoded")],
                MaxRedirects = 0,
            }
        );
        again.Status.ShouldBeOneOf(400, 422);

        await WithPasskeyAsync(person);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove office computer" }).ClickAsync();
        await page.WaitForURLAsync("**/account?done=passkey-removed");
        await SignOutAsync(page);
        await person.OpenAsync("/sign-in?return=/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.GetByText("The passkey didn't hold").First.WaitForAsync();
    }

    private static async Task WithAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }

    private static async Task WithPasskeyAsync(Person person)
    {
        await person.OpenAsync("/sign-in?return=/account");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await AtAsync(person.Page, "/account");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await AtAsync(page, "/");
    }

    private static Task AtAsync(IPage page, string path) => page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
}
