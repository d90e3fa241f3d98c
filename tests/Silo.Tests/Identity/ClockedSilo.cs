using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>A live silo in this process whose time of day stands still until a test moves it; timers run on.</summary>
public sealed class ClockedSilo : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly StandingClock clock = new(TimeProvider.System.GetUtcNow());
    private LiveFolder data = null!;
    private IHost host = null!;
    private string hash = "";
    private int addresses;

    internal int Port { get; private set; }

    internal AccountDatabase Database { get; private set; } = null!;

    internal DateTimeOffset Now => clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        data = new LiveFolder(Path.Combine(folder.FullName, "data"));
        Database = AccountDatabase.OnSqlite(data.Path);
        hash = await new Passwords().HashAsync(IdentitySilo.Password);
        var (silo, gateway) = SiloProcess.FreePorts();
        (Port, _) = SiloProcess.FreePorts();
        var options = new SiloOptions(data.Path, null, IPAddress.Loopback, null, silo, gateway, Chinese: false, Help: false)
        {
            HttpPort = Port,
            Proxies = [IPAddress.Loopback],
        };
        var seeds = SeedLoader.Load(Repository.Seeds);
        host = LiveSilo.Build(
            seeds,
            data,
            options,
            more: services =>
                // Orleans wonders about time that jumps.
                services.AddSingleton<TimeProvider>(clock).AddLogging(static log => log.AddFilter("Orleans", LogLevel.Error))
        );
        await host.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Lets time pass.</summary>
    internal void Pass(TimeSpan time) => clock.Pass(time);

    internal async Task<Account> AddAsync(AccountKind kind)
    {
        var name = Guid.CreateVersion7().ToString("N");
        var account = new Account(name, kind, name, new(name, name)) { Parties = ["371581199001011234"] };
        (await new AccountStore(Database).AddAsync(account, hash, mustChange: false, Now)).ShouldBeTrue();
        return account;
    }

    /// <summary>A browser at an address of its own.</summary>
    internal BrowserSession Browser() => new(Port) { From = FormattableString.Invariant($"10.0.1.{Interlocked.Increment(ref addresses)}") };

    /// <summary>A browser that a new account has signed in with.</summary>
    internal async Task<BrowserSession> InAsync(AccountKind kind)
    {
        var browser = Browser();
        var account = await AddAsync(kind);
        (await browser.SignInAsync(account.SignInName, IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        await (Database?.DisposeAsync() ?? ValueTask.CompletedTask);
        data?.Dispose();
        folder.Delete(recursive: true);
    }

    // Whole seconds, as the framework writes moments into cookies.
    private sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        private long seconds = at.ToUnixTimeSeconds();

        public void Pass(TimeSpan time) => Interlocked.Add(ref seconds, (long)time.TotalSeconds);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Interlocked.Read(ref seconds));
    }
}
