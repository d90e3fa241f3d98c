using System.Globalization;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Identity;

/// <summary>A live silo with pages, and accounts in its folder, for one class of tests.</summary>
public sealed class IdentitySilo : IAsyncLifetime
{
    public const string Password = "seven quiet herons at noon";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private SiloProcess process = null!;
    private string hash = "";

    internal int Port { get; private set; }

    internal (int Silo, int Gateway) Ports { get; } = SiloProcess.FreePorts();

    /// <summary>What it has written to its log and its console.</summary>
    internal IReadOnlyList<string> Lines => [.. process.Complaints, .. process.Printed];

    /// <summary>The same file that the silo has open.</summary>
    internal AccountDatabase Database { get; private set; } = null!;

    internal AccountStore Accounts => new(Database);

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        (Port, _) = SiloProcess.FreePorts();
        Database = AccountDatabase.OnSqlite(folder.FullName);
        hash = await new Passwords().HashAsync(Password);
        process = await SiloProcess.StartWithAsync(folder.FullName, Ports, "--http", Port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Adds an account of a kind with the fixture's password; its id is its name.</summary>
    internal async Task<Account> AddAsync(string name, AccountKind kind, Func<Account, Account>? with = null, bool mustChange = false)
    {
        var account = new Account(name, kind, name, new($"{name}某", name));
        account = with?.Invoke(account) ?? account;
        (await Accounts.AddAsync(account, hash, mustChange, Now)).ShouldBeTrue();
        return account;
    }

    internal BrowserSession Browser() => new(Port);

    public async ValueTask DisposeAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Database?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }
}
