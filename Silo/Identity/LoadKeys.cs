using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>
/// Keys for a load over HTTP: one of an account that is party to all of its cases, one of each member of staff. Whoever can write the
/// silo's accounts can make them; they end with the load.
/// </summary>
public sealed class LoadKeys : IAsyncDisposable
{
    /// <summary>Parties of a load: enough that lists of one party stay short.</summary>
    private const int Many = 256;

    private const string Prefix = "load-",
        Name = "townreform load";

    private static readonly TimeSpan LongestLoad = TimeSpan.FromHours(25);

    private readonly AccountDatabase database;
    private readonly TimeProvider time;
    private readonly List<string> ids = [];

    private LoadKeys(AccountDatabase database, TimeProvider time) => (this.database, this.time) = (database, time);

    /// <summary>Ids under which the key of <see cref="Party"/> is party to cases.</summary>
    public ImmutableArray<string> Parties { get; private set; } = [];

    /// <summary>The parties' key.</summary>
    public string Party { get; private set; } = "";

    /// <summary>Keys of staff, by staff id.</summary>
    public FrozenDictionary<string, string> Staff { get; private set; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Makes keys.</summary>
    /// <param name="folder">Data folder of the silo; null with a connection.</param>
    /// <param name="connection">Connection string of the cluster's database.</param>
    /// <param name="towns">Whose staff acts.</param>
    /// <param name="run">Tells this load's parties from any other's.</param>
    public static async Task<LoadKeys> IssueAsync(
        string? folder,
        string? connection,
        IEnumerable<TownPlan> towns,
        string run,
        TimeProvider time
    )
    {
        var database = connection is null ? AccountDatabase.OnSqlite(folder!) : AccountDatabase.OnPostgres(connection);
        var keys = new LoadKeys(database, time);
        try
        {
            await keys.IssueAsync(towns, run);
            return keys;
        }
        catch
        {
            await keys.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the keys.</summary>
    public async ValueTask DisposeAsync()
    {
        var store = new ApiKeyStore(database);
        foreach (var id in ids)
        {
            await store.RevokeAsync(id, time.GetUtcNow());
        }

        await database.DisposeAsync();
    }

    private async Task IssueAsync(IEnumerable<TownPlan> towns, string run)
    {
        Parties = [.. Enumerable.Range(0, Many).Select(n => $"L{run}{n:D3}")];
        Party = await AddAsync(New(AccountKind.Integration, run) with { Parties = Parties }, KeyScopes.Read | KeyScopes.ApplyForParty);
        var staff = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in towns.SelectMany(town => town.Staff.Concat(town.StationedStaff)))
        {
            staff[person.Id] = await AddAsync(
                New(AccountKind.Integration, $"{run}-{person.Id}") with
                {
                    Town = person.Town,
                    Staff = person.Id,
                },
                KeyScopes.Read | KeyScopes.ActForOffice
            );
        }

        Staff = staff.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Account New(AccountKind kind, string id) => new(Prefix + id, kind, Prefix + id, new(Name, Name));

    private async Task<string> AddAsync(Account account, KeyScopes scopes)
    {
        var now = time.GetUtcNow();
        if (!await new AccountStore(database).AddAsync(account, passwordHash: null, mustChange: false, now))
        {
            throw new InvalidOperationException($"There is an account {account.SignInName} already.");
        }

        var (text, key) = ApiKeys.New(account.Id, Name, scopes, now, now + LongestLoad);
        await new ApiKeyStore(database).AddAsync(key);
        ids.Add(key.Id);
        return text;
    }
}
