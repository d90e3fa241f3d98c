using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Client.Commands;

/// <summary><c>account key add | list | revoke</c>.</summary>
internal static class AccountKeyCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command("key", new("接口密钥", "keys of the API"), "account key add till --scopes read");
        command.Subcommands.Add(Add(shell));
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(Revoke(shell));
        return command;
    }

    private static Command Add(Shell shell)
    {
        var (place, who) = (new AccountPlace(shell), AccountCommand.Name(shell));
        var names = string.Join(',', KeyScopeNames.All.Select(one => one.Text));
        var scopes = shell.Text("--scopes", "LIST", new($"范围：{names}", $"what it may be used for: {names}"), required: true);
        var label = shell.Text("--label", "TEXT", new("用途（默认 key）", "what it is for (default key)"));
        var days = shell.Text("--days", "N", new("有效天数（默认 365）", "days that it lasts (default 365)"));
        var command = place
            .On(
                shell.Command(
                    "add",
                    new("给接入系统发密钥，只显示这一次", "give a program a key, shown this once"),
                    "account key add till --scopes read,apply-for-party --days 90"
                )
            )
            .With(scopes, label, days)
            .Does(
                shell,
                call => AddAsync(call, place, call.Of(who), call.Of(scopes)!, call.Of(label) ?? "key", call.Number(days, 1, 3650) ?? 365)
            );
        command.Arguments.Add(who);
        return command;
    }

    private static async Task<int> AddAsync(Call call, AccountPlace place, string name, string scopes, string label, int days)
    {
        await using var store = place.Open(call);
        var account = await store.FindAsync(name);
        if (account.Account.Kind != AccountKind.Integration)
        {
            throw CommandFailedException.BadInput(
                "密钥只发给接入系统（--kind integration）；人员用密码或通行密钥登录。",
                "Keys are for programs (--kind integration); people sign in by password or passkey."
            );
        }

        var lasts = TimeSpan.FromDays(days);
        var (text, key) = await store.Keeping.AddKeyAsync(account, label, Read(scopes), lasts);
        call.Screen.Say(
            new Words(
                $"密钥（只显示这一次，{Day(key.ExpiresAt)} 到期）：{text}",
                $"key (shown this once, lasts until {Day(key.ExpiresAt)}): {text}"
            )
        );
        return ExitCode.Done;
    }

    private static Command List(Shell shell)
    {
        var (place, who) = (new AccountPlace(shell), AccountCommand.Name(shell));
        var command = place
            .On(shell.Command("list", new("某账户的密钥", "keys of an account"), "account key list till"))
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    var keys = await store.Keeping.KeysAsync(await store.FindAsync(call.Of(who)));
                    call.Screen.Show([.. keys.Select(Line)], ConsoleJson.Own.KeyLineArray, lines => Draw(call.Screen, lines));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(who);
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var (place, id) = (new AccountPlace(shell), shell.Argument("KEY", new("密钥编号（key list 所列）", "id of the key (key list)")));
        var command = place
            .On(shell.Command("revoke", new("撤销密钥，立即生效", "revoke a key, at once"), "account key revoke 3fK9s0PqLm2X"))
            .Does(
                shell,
                async call =>
                {
                    await using var store = place.Open(call);
                    if (!await store.Keeping.RevokeAsync(call.Of(id)))
                    {
                        throw CommandFailedException.BadInput(
                            $"没有未撤销的密钥“{call.Of(id)}”；account key list 列出。",
                            $"There is no key '{call.Of(id)}' that still counts; account key list shows them."
                        );
                    }

                    call.Screen.Say(new Words("已撤销。", "revoked."));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(id);
        return command;
    }

    private static KeyScopes Read(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text =>
                KeyScopeNames.Find(text) is not KeyScopes.None and var known
                    ? known
                    : throw CommandFailedException.BadInput(
                        $"--scopes 没有“{text}”：{string.Join('、', KeyScopeNames.All.Select(one => one.Text))}。",
                        $"--scopes has no '{text}': {string.Join(", ", KeyScopeNames.All.Select(one => one.Text))}."
                    )
            )
            .Aggregate(KeyScopes.None, (all, one) => all | one);

    private static KeyLine Line(ApiKey key) =>
        new(
            key.Id,
            key.Name,
            string.Join(',', KeyScopeNames.All.Where(one => key.Scopes.HasFlag(one.Scope)).Select(one => one.Text)),
            key.ExpiresAt,
            key.LastUsedAt,
            key.RevokedAt
        );

    private static void Draw(Screen screen, KeyLine[] lines)
    {
        var list = new Listing(
            new("密钥", "Keys"),
            new(new("编号", "Id")),
            new(new("用途", "Label"), 2, Cut: true),
            new(new("范围", "Scopes")),
            new(new("到期", "Until"), 1),
            new(new("最近使用", "Last used"), 1),
            new(new("撤销于", "Revoked"))
        );
        foreach (var line in lines)
        {
            list.Add(line.Id, line.Label, line.Scopes, Day(line.ExpiresAt), Day(line.LastUsedAt), Day(line.RevokedAt));
        }

        list.Write(screen);
    }

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A key in a list; never its secret.</summary>
internal sealed record KeyLine(
    string Id,
    string Label,
    string Scopes,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt
);
