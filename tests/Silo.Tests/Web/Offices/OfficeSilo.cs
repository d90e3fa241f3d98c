using System.Collections.Concurrent;
using System.Globalization;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Web.Offices;

/// <summary>A live silo with accounts of officers, and a client that opens cases, for one class of tests.</summary>
public sealed class OfficeSilo : IAsyncLifetime
{
    private const string Password = "seven quiet herons at noon";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly ConcurrentDictionary<Guid, CaseView> answered = new();
    private SiloProcess process = null!;
    private AccountDatabase accounts = null!;
    private string hash = "";
    private int port,
        applicants;

    internal TownClient Town { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (port, _) = SiloProcess.FreePorts();
        accounts = AccountDatabase.OnSqlite(folder.FullName);
        hash = await new Passwords().HashAsync(Password);
        process = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            port.ToString(CultureInfo.InvariantCulture)
        );
        Town = await TownClient.ConnectPatientlyAsync(process);
    }

    /// <summary>A permit of Guyun that has just come to the window.</summary>
    internal Task<CaseView> OpenAsync() => Next().OpenAsync(Town);

    /// <summary>A permit of Guyun that is ready to be decided.</summary>
    internal Task<CaseView> PrepareAsync() => Next().PrepareAsync(Town);

    /// <summary>A permit of Guyun that was granted and sealed.</summary>
    internal Task<CaseView> GrantAsync() => Next().GoAsync(Town);

    internal async Task<CaseView> ReadAsync(string number) => (await Town.Case(number).ReadAsync()).Value.ShouldNotBeNull();

    /// <summary>A browser in which a member of Guyun's staff has signed in.</summary>
    internal Task<BrowserSession> StaffAsync(string staff) =>
        SignInAsync(new Account(staff, AccountKind.Staff, staff, new(staff, staff), Town: "guyun", Staff: staff));

    /// <summary>A browser in which somebody of a department of Shen County has signed in.</summary>
    internal Task<BrowserSession> CountyAsync(string office, string person) =>
        SignInAsync(
            new Account(
                Id: person,
                Kind: AccountKind.County,
                SignInName: person,
                Name: new(person, person),
                County: "shen",
                CountyOffice: office,
                CountyPerson: person
            )
        );

    /// <summary>A browser in which somebody of a kind that holds no office has signed in.</summary>
    internal Task<BrowserSession> KindAsync(AccountKind kind) =>
        SignInAsync(new Account($"{kind}", kind, $"{kind}", new("某", "Somebody")));

    /// <summary>A browser in which a citizen has signed in.</summary>
    internal Task<BrowserSession> PartyAsync(string id) =>
        SignInAsync(new Account(id, AccountKind.Party, id, new("王某", "Wang")) { Parties = [id] });

    internal BrowserSession Stranger() => new(port);

    public async ValueTask DisposeAsync()
    {
        await (Town?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (accounts?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    private Applicant Next() => new(Interlocked.Increment(ref applicants), answered, "guyun");

    private async Task<BrowserSession> SignInAsync(Account account)
    {
        await new AccountStore(accounts).AddAsync(account, hash, mustChange: false, TimeProvider.System.GetUtcNow());
        var browser = new BrowserSession(port);
        await browser.SignInAsync(account.SignInName, Password);
        return browser;
    }
}
