using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Pages;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Client.Commands;

/// <summary><c>account list | add | disable | enable | reset | key | link</c>: who may sign in to the pages and the API. It works on the
/// store itself, also while the town runs, and what it does counts at once.</summary>
internal static class AccountCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "account",
            new("网页与接口的账户：列出、新建、停用、重置、密钥、关联", "accounts of pages and API: list, add, shut, reset, keys, links"),
            "account list --data data"
        );
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(new AccountAddCommand(shell).Build());
        command.Subcommands.Add(
            Switch(shell, "disable", new("停用账户：会话立即结束，密钥立即失效", "shut an account: sessions and keys end at once"), false)
        );
        command.Subcommands.Add(Switch(shell, "enable", new("恢复停用的账户", "open a shut account again"), true));
        command.Subcommands.Add(Reset(shell));
        command.Subcommands.Add(AccountKeyCommand.Build(shell));
        command.Subcommands.Add(AccountLinkCommand.Build(shell));
        return command;
    }

    private static Command List(Shell shell)
    {
        var place = new AccountPlace(shell);
        return place
            .On(shell.Command("list", new("全部账户", "all accounts"), "account list"))
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    var lines = (await store.Keeping.ListAsync()).Select(AccountLine.Of).ToArray();
                    call.Screen.Show(lines, ConsoleJson.Own.AccountLineArray, shown => Draw(call.Screen, shown));
                    return ExitCode.Done;
                }
            );
    }

    private static Command Switch(Shell shell, string name, Words about, bool open)
    {
        var (place, who) = (new AccountPlace(shell), Name(shell));
        var command = place
            .On(shell.Command(name, about, $"account {name} wang"))
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    var account = await store.FindAsync(call.Of(who));
                    await store.Keeping.SetOpenAsync(account, open);
                    call.Screen.Say(
                        open
                            ? new Words($"已恢复 {account.Account.SignInName}。", $"{account.Account.SignInName} is open again.")
                            : new Words($"已停用 {account.Account.SignInName}。", $"{account.Account.SignInName} is shut.")
                    );
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(who);
        return command;
    }

    private static Command Reset(Shell shell)
    {
        var (place, who) = (new AccountPlace(shell), Name(shell));
        var factors = shell.Flag(
            "--second-factor",
            new("同时去除一次性验证码与通行密钥（手机遗失时）", "take one-time codes and passkeys away too (the phone was lost)")
        );
        var command = place
            .On(
                shell.Command(
                    "reset",
                    new("另设一次性口令，首次登录须修改", "give a new password, to be changed at the first sign-in"),
                    "account reset wang"
                )
            )
            .With(factors)
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    var account = await store.FindAsync(call.Of(who));
                    if (account.Account.Kind == AccountKind.Integration)
                    {
                        throw CommandFailedException.BadInput(
                            "接入系统没有口令；用 account key add 另发密钥。",
                            "A program has no password; give it another key: account key add."
                        );
                    }

                    Told(call, account.Account.SignInName, await store.Keeping.ResetAsync(account, call.Of(factors)));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(who);
        return command;
    }

    internal static Argument<string> Name(Shell shell) => shell.Argument("NAME", new("登录名", "sign-in name"));

    /// <summary>Tells a password, this once.</summary>
    internal static void Told(Call call, string name, string password) =>
        call.Screen.Say(
            new Words(
                $"{name} 的一次性口令（只显示这一次，首次登录须修改）：{password}",
                $"password of {name} (shown this once, to be changed at the first sign-in): {password}"
            )
        );

    private static void Draw(Screen screen, AccountLine[] lines)
    {
        var list = new Listing(
            new("账户", "Accounts"),
            new(new("登录名", "Name")),
            new(new("类别", "Kind"), 1),
            new(new("所指", "Who")),
            new(new("验证码", "Codes"), 2),
            new(new("停用于", "Shut"), 1)
        );
        foreach (var line in lines)
        {
            list.Add(
                line.Name,
                AccountWords.Of(line.Kind).In(screen.Lang),
                line.Who,
                line.Codes ? "✓" : "",
                line.DisabledAt is { } at ? $"{at:yyyy-MM-dd HH:mm}Z" : ""
            );
        }

        list.Write(screen);
    }
}

/// <summary>An account in a list.</summary>
/// <param name="Who">Whom of the town's record it is.</param>
internal sealed record AccountLine(string Name, AccountKind Kind, string Who, bool Codes, DateTimeOffset? DisabledAt)
{
    public static AccountLine Of(StoredAccount stored)
    {
        var account = stored.Account;
        var who =
            account.Staff is not null ? $"{account.Town}/{account.Staff}"
            : account.CountyPerson is not null ? $"{account.County}/{account.CountyOffice}/{account.CountyPerson}"
            : string.Join(';', account.Parties);
        return new(account.SignInName, account.Kind, who, stored.TotpOn, account.DisabledAt);
    }
}
