using System.Collections.Immutable;
using System.Security.Cryptography;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Identity.Outside;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>What the operator of the machine does with accounts, on the store itself: who may reach the file or the database may do
/// it.</summary>
internal sealed class AccountKeeping(AccountDatabase database, TimeProvider time)
{
    /// <summary>Without those that look alike.</summary>
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    private readonly AccountStore accounts = new(database);
    private readonly ApiKeyStore keys = new(database);

    public Task<ImmutableArray<StoredAccount>> ListAsync() => accounts.ListAsync();

    public Task<StoredAccount?> FindAsync(string signInName) => accounts.FindByNameAsync(signInName);

    /// <summary>Adds an account, with a password that its owner must change; a program has none.</summary>
    /// <param name="account">Without id.</param>
    /// <returns>The password, null for a program; or why not.</returns>
    public async Task<(string? Password, Words? Fault)> AddAsync(Account account, SeedLibrary seeds)
    {
        if (WhyNot(account, seeds) is { } fault)
        {
            return (null, fault);
        }

        var password = account.Kind == AccountKind.Integration ? null : NewPassword();
        var hash = password is null ? null : await new Passwords().HashAsync(password);
        return await accounts.AddAsync(account with { Id = AccountStore.NewId() }, hash, mustChange: true, time.GetUtcNow())
            ? (password, null)
            : (
                null,
                new(
                    $"登录名“{account.SignInName}”已有账户；account list 列出全部。",
                    $"There is an account '{account.SignInName}' already; account list shows them all."
                )
            );
    }

    /// <summary>Shuts an account at once, on every silo, or opens it again.</summary>
    public Task SetOpenAsync(StoredAccount account, bool open) => accounts.SetDisabledAsync(account.Id, open ? null : time.GetUtcNow());

    /// <summary>Gives a new password that its owner must change; sessions end.</summary>
    /// <param name="withFactors">One-time codes and passkeys go too: the phone was lost.</param>
    public async Task<string> ResetAsync(StoredAccount account, bool withFactors)
    {
        if (withFactors)
        {
            await new SecondFactorStore(database).SetAsync(account.Id, null, []);
            var passkeys = new PasskeyStore(database);
            foreach (var passkey in await passkeys.ListAsync(account.Id))
            {
                await passkeys.RemoveAsync(account.Id, passkey.Id);
            }
        }

        var password = NewPassword();
        await accounts.SetPasswordAsync(account.Id, await new Passwords().HashAsync(password), mustChange: true);
        return password;
    }

    /// <summary>Links an identity at an outside provider; one that was linked before goes over.</summary>
    /// <param name="issuer">Of the provider, as its tokens say it.</param>
    /// <returns>The account that it was linked to before; null for none.</returns>
    public async Task<StoredAccount?> LinkAsync(StoredAccount account, string issuer, string subject)
    {
        var before = await accounts.FindOutsideAsync(OutsideIssuers.Normal(issuer), subject);
        await accounts.LinkOutsideAsync(OutsideIssuers.Normal(issuer), subject, account.Id);
        return before?.Id == account.Id ? null : before;
    }

    /// <returns>False when it isn't linked to the account.</returns>
    public Task<bool> UnlinkAsync(StoredAccount account, string issuer, string subject) =>
        accounts.UnlinkOutsideAsync(OutsideIssuers.Normal(issuer), subject, account.Id);

    public Task<ImmutableArray<OutsideLogin>> LinksAsync(StoredAccount account) => accounts.OutsideAsync(account.Id);

    /// <returns>What the program sends; it can't be read again.</returns>
    public async Task<(string Text, ApiKey Key)> AddKeyAsync(StoredAccount account, string name, KeyScopes scopes, TimeSpan lasts)
    {
        var now = time.GetUtcNow();
        var made = ApiKeys.New(account.Id, name, scopes, now, now + lasts);
        await keys.AddAsync(made.Key);
        return made;
    }

    public Task<ImmutableArray<ApiKey>> KeysAsync(StoredAccount account) => keys.ListAsync(account.Id);

    /// <returns>False when there is no such key, or it was revoked before.</returns>
    public Task<bool> RevokeAsync(string key) => keys.RevokeAsync(key, time.GetUtcNow());

    // Whom an account is said to be must be there, and only whom its kind can be.
    private static Words? WhyNot(Account account, SeedLibrary seeds)
    {
        if (account.SignInName.Any(char.IsControl) || AccountStore.Normal(account.SignInName) is not { Length: > 0 and <= 100 })
        {
            return new("登录名须为 1 至 100 个字符。", "A sign-in name has 1 to 100 characters.");
        }

        string?[] parts = [account.Town, account.Staff, account.County, account.CountyOffice, account.CountyPerson];
        if (account.Parties.Concat(parts).Any(id => TextRules.SameId(id, Actor.System.Id)))
        {
            return new("没有人是“system”。", "Nobody is 'system'.");
        }

        return account.Kind switch
        {
            AccountKind.Staff => IsStaff(account, seeds)
                ? null
                : new(
                    "工作人员账户须以 --town 和 --staff 指明镇和人员编号。",
                    "An account of staff names a town's member: --town and --staff."
                ),
            AccountKind.County => IsOfCounty(account, seeds)
                ? null
                : new(
                    "上级部门账户须以 --county、--office、--person 指明在任人员（seeds/counties）。",
                    "An account of a department above the towns names one of its people: --county, --office and --person (seeds/counties)."
                ),
            AccountKind.Party when account.Parties.IsEmpty => new(
                "当事人账户须以 --party 给出证件号码或统一社会信用代码。",
                "An account of a party gives its id: --party."
            ),
            AccountKind.Integration when account.Parties.IsEmpty && !IsOfCounty(account, seeds) => new(
                "接入系统账户须给出 --party，或 --county、--office、--person。",
                "An account of a program gives --party, or --county, --office and --person."
            ),
            _ => null,
        };
    }

    private static bool IsStaff(Account account, SeedLibrary seeds) =>
        account is { Town: { } town, Staff: { } staff }
        && seeds.Towns.TryGetValue(town, out var plan)
        && plan.Staff.Concat(plan.StationedStaff).Any(person => person.Id == staff);

    private static bool IsOfCounty(Account account, SeedLibrary seeds) =>
        account is { County: { } county, CountyOffice: { } office, CountyPerson: { } person }
        && seeds.Counties.GetValueOrDefault(county)?.Department(office) is { } department
        && department.People.Any(one => one.Id == person);

    private static string NewPassword()
    {
        var letters = RandomNumberGenerator.GetString(Letters, 16);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..12]}-{letters[12..]}";
    }
}
