using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity.Demo;

/// <summary>Accounts for trying, on loopback alone: their passwords are made anew at each start and told once, where the silo was
/// started.</summary>
internal sealed class DemoAccounts(DemoCast cast, AccountStore accounts, Passwords passwords, TimeProvider time)
{
    /// <summary>Without those that look alike.</summary>
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>What each page says while there are such accounts.</summary>
    public static Words Banner { get; } =
        new(
            "演示账户已启用：口令印在启动此服务的终端里，请勿录入真实资料。",
            "Demo accounts are on: their passwords were printed where this silo was started. Enter nothing real."
        );

    /// <summary>Makes the accounts, or gives those that are there new passwords.</summary>
    /// <returns>A table of sign-in names and passwords.</returns>
    public async Task<Words> SeedAsync()
    {
        var rows = ImmutableArray.CreateBuilder<(Words Who, string Name, string Password)>();
        foreach (var (account, who) in await cast.AllAsync())
        {
            var password = NewPassword();
            if (await GiveAsync(account, await passwords.HashAsync(password)))
            {
                rows.Add((who, account.SignInName, password));
            }
        }

        return new(Table(rows, words => words.Zh, "登录名", "一次性口令"), Table(rows, words => words.En, "sign-in name", "password"));
    }

    /// <summary>Shuts the demo accounts of an earlier start.</summary>
    public static async Task ShutAsync(AccountStore accounts, DateTimeOffset now)
    {
        foreach (var account in await accounts.ListAsync())
        {
            if (IsDemo(account) && account.Account.DisabledAt is null)
            {
                await accounts.SetDisabledAsync(account.Id, now);
            }
        }
    }

    // An account of the same name that is none for trying stays as it is. Who stands behind a demo account may be another than last time.
    private async Task<bool> GiveAsync(Account account, string hash)
    {
        if (await accounts.FindByNameAsync(account.SignInName) is { } known)
        {
            if (!IsDemo(known))
            {
                return false;
            }

            await accounts.RemoveAsync(known.Id);
        }

        return await accounts.AddAsync(account, hash, mustChange: false, time.GetUtcNow());
    }

    private static bool IsDemo(StoredAccount account) => account.Id.StartsWith(DemoCast.IdPrefix, StringComparison.Ordinal);

    private static string NewPassword()
    {
        var letters = RandomNumberGenerator.GetString(Letters, 12);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    private static string Table(
        IReadOnlyCollection<(Words Who, string Name, string Password)> rows,
        Func<Words, string> of,
        string name,
        string password
    )
    {
        var (first, second) = (
            Math.Max(rows.Select(row => row.Name.Length).DefaultIfEmpty().Max(), Width(name)),
            rows.Select(row => row.Password.Length).Append(Width(password)).Max()
        );
        var text = new StringBuilder().Append("  ").Append(name).Append(' ', first - Width(name) + 2).AppendLine(password);
        foreach (var row in rows)
        {
            text.Append("  ").Append(row.Name.PadRight(first + 2)).Append(row.Password.PadRight(second + 2)).AppendLine(of(row.Who));
        }

        return text.ToString().TrimEnd();
    }

    // A Chinese character takes two columns of a terminal.
    private static int Width(string text) => text.Sum(letter => letter >= '\u2E80' ? 2 : 1);
}
