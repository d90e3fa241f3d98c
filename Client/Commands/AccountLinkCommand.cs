using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Client.Commands;

/// <summary><c>account link add | list | remove</c>: which identity at an outside provider stands for an account.</summary>
internal static class AccountLinkCommand
{
    private const int Longest = 256;

    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "link",
            new("关联单位统一身份（OpenID Connect）或令牌主体", "link an identity of an outside provider (OpenID Connect), or of tokens"),
            "account link add wang --issuer https://id.example.gov --subject 4f1c"
        );
        command.Subcommands.Add(
            Change(
                shell,
                "add",
                new(
                    "关联；此前关联别的账户的即转过来，其会话结束",
                    "link one; one that was linked elsewhere goes over, and its sessions end"
                ),
                AddAsync
            )
        );
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(
            Change(
                shell,
                "remove",
                new("解除关联，由其开始的会话立即结束", "take a link away; sessions that it began end at once"),
                RemoveAsync
            )
        );
        return command;
    }

    private static Command Change(
        Shell shell,
        string name,
        Words about,
        Func<Call, AccountsOpened, StoredAccount, OutsideLogin, Task> change
    )
    {
        var (place, who) = (new AccountPlace(shell), AccountCommand.Name(shell));
        var issuer = shell.Text(
            "--issuer",
            "URL",
            new("签发者，即 --oidc-authority 或 --token-issuer", "the issuer, as in --oidc-authority or --token-issuer"),
            required: true
        );
        var subject = shell.Text(
            "--subject",
            "TEXT",
            new("统一身份编号（sub，程序或为 client_id）", "its subject (sub; of a program also client_id)"),
            required: true
        );
        var command = place
            .On(shell.Command(name, about, $"account link {name} wang --issuer https://id.example.gov --subject 4f1c"))
            .With(issuer, subject)
            .Does(
                shell,
                async call =>
                {
                    var login = Read(call.Of(issuer)!, call.Of(subject)!);
                    await using var store = place.Open(call);
                    await change(call, store, await store.FindAsync(call.Of(who)), login);
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(who);
        return command;
    }

    private static async Task AddAsync(Call call, AccountsOpened store, StoredAccount account, OutsideLogin login)
    {
        var name = account.Account.SignInName;
        call.Screen.Say(
            await store.Keeping.LinkAsync(account, login.Issuer, login.Subject) is { Account.SignInName: var before }
                ? new Words($"已由 {before} 转为关联 {name}。", $"linked to {name}, and no longer to {before}.")
                : new Words($"已关联 {name}。", $"linked to {name}.")
        );
    }

    private static async Task RemoveAsync(Call call, AccountsOpened store, StoredAccount account, OutsideLogin login)
    {
        var name = account.Account.SignInName;
        if (!await store.Keeping.UnlinkAsync(account, login.Issuer, login.Subject))
        {
            throw CommandFailedException.BadInput(
                $"{name} 没有这一关联；account link list {name} 列出。",
                $"{name} has no such link; account link list {name} shows them."
            );
        }

        call.Screen.Say(new Words($"已解除 {name} 的关联。", $"{name} is no longer linked to it."));
    }

    private static Command List(Shell shell)
    {
        var (place, who) = (new AccountPlace(shell), AccountCommand.Name(shell));
        var command = place
            .On(shell.Command("list", new("某账户的关联", "links of an account"), "account link list wang"))
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    var links = await store.Keeping.LinksAsync(await store.FindAsync(call.Of(who)));
                    call.Screen.Show([.. links], ConsoleJson.Own.OutsideLoginArray, lines => Draw(call.Screen, lines));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(who);
        return command;
    }

    private static OutsideLogin Read(string issuer, string subject) =>
        !Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")
            ? throw CommandFailedException.BadInput(
                $"--issuer 须为网址，如 https://id.example.gov，不能是“{issuer}”。",
                $"--issuer is an address such as https://id.example.gov, not '{issuer}'."
            )
        : subject.Length is 0 or > Longest || subject.Any(char.IsControl)
            ? throw CommandFailedException.BadInput("--subject 须为 1 至 256 个字符。", "--subject has 1 to 256 characters.")
        : new OutsideLogin(issuer, subject);

    private static void Draw(Screen screen, OutsideLogin[] lines)
    {
        var list = new Listing(new("关联", "Links"), new(new("签发者", "Issuer")), new(new("编号", "Subject")));
        foreach (var line in lines)
        {
            list.Add(line.Issuer, line.Subject);
        }

        list.Write(screen);
    }
}
