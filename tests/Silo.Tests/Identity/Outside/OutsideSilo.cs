using System.Globalization;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity.Outside;

/// <summary>A live silo that a stand-in provider vouches for, behind a proxy whose word on addresses counts.</summary>
public sealed class OutsideSilo : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly HttpClient there = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private SiloProcess process = null!;
    private int addresses;

    internal StandInProvider Provider { get; private set; } = null!;

    internal int Port { get; private set; }

    internal AccountDatabase Database { get; private set; } = null!;

    internal AccountStore Accounts => new(Database);

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal IReadOnlyList<string> Complaints => process.Complaints;

    public async ValueTask InitializeAsync()
    {
        Provider = await StandInProvider.StartAsync();
        Provider.ProvedAt = Now;
        (Port, _) = SiloProcess.FreePorts();
        Database = AccountDatabase.OnSqlite(folder.FullName);
        var secret = Path.Combine(folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, StandInProvider.Secret + "\n", TestContext.Current.CancellationToken);
        process = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            Port.ToString(CultureInfo.InvariantCulture),
            "--oidc-authority",
            Provider.Issuer,
            "--oidc-client-id",
            StandInProvider.Client,
            "--oidc-secret-file",
            secret,
            "--token-issuer",
            Provider.Issuer,
            "--token-audience",
            StandInProvider.Audience,
            "--proxy",
            "127.0.0.1"
        );
    }

    /// <summary>A browser at an address of its own, so that its failures are nobody else's.</summary>
    internal BrowserSession Browser() => new(Port) { From = FormattableString.Invariant($"10.0.0.{Interlocked.Increment(ref addresses)}") };

    /// <summary>Adds an account that an identity of the provider stands for; its id and the subject are its name.</summary>
    internal async Task<Account> LinkedAsync(string name, AccountKind kind, Func<Account, Account>? with = null)
    {
        var account = new Account(name, kind, name, new($"{name}某", name));
        account = with?.Invoke(account) ?? account;
        (await Accounts.AddAsync(account, passwordHash: null, mustChange: false, Now)).ShouldBeTrue();
        await Accounts.LinkOutsideAsync(Provider.Issuer.TrimEnd('/'), name, name);
        return account;
    }

    /// <summary>Goes to the provider and comes to where it sends back, without going in there.</summary>
    /// <returns>Path and query at the silo.</returns>
    internal async Task<string> BackFromProviderAsync(
        BrowserSession browser,
        string subject,
        string from = "/sign-in/provider",
        string back = "/account"
    )
    {
        (Provider.Subject, Provider.Session) = (subject, $"session of {subject}");
        var left = await browser.GetAsync($"{from}?return={Uri.EscapeDataString(back)}");
        left.Status.ShouldBe(HttpStatusCode.Redirect, left.Text);
        using var answer = await there.GetAsync(left.Location, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.Headers.Location!.PathAndQuery;
    }

    /// <summary>The whole way there and back.</summary>
    internal async Task<Answer> SignInAsync(BrowserSession browser, string subject) =>
        await browser.GetAsync(await BackFromProviderAsync(browser, subject));

    /// <summary>A token of client credentials, as the provider gives it to a program.</summary>
    internal async Task<string> TokenAsync(string client, string scope)
    {
        using var form = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", client),
            new("client_secret", StandInProvider.Secret),
            new("scope", scope),
        ]);
        using var answer = await there.PostAsync(new Uri(Provider.Address, "token"), form, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        there.Dispose();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Provider?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }
}
