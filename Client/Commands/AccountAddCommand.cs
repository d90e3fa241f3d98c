using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Silo.Identity;

namespace TownReform.Client.Commands;

/// <summary><c>account add</c>.</summary>
internal sealed class AccountAddCommand(Shell shell)
{
    private readonly AccountPlace place = new(shell);
    private readonly Argument<string> name = AccountCommand.Name(shell);

    private readonly Option<string?> kind = shell.Text(
        "--kind",
        "KIND",
        new("staff、county、party、leader、auditor、operator、integration", "staff, county, party, leader, auditor, operator, integration"),
        required: true
    );

    private readonly Option<string?> called = shell.Text(
        "--called",
        "NAME",
        new("页面上的姓名（默认登录名）", "what pages call them (default: the sign-in name)")
    );

    private readonly Option<string?> town = shell.Town(required: false),
        staff = shell.Text("--staff", "ID", new("人员编号", "id of the member of staff")),
        county = shell.Text("--county", "CODE", new("上级所在市县", "county of the department")),
        office = shell.Text("--office", "CODE", new("上级部门", "department above the towns")),
        person = shell.Text("--person", "ID", new("该部门人员", "person of the department"));

    private readonly Option<string[]> parties = shell.Texts(
        "--party",
        "ID",
        new("当事人证件号或信用代码，可多次", "id of a party, several times")
    );

    public Command Build()
    {
        var command = place
            .On(
                shell.Command(
                    "add",
                    new("新建账户，显示一次性口令", "add an account, and show its one-time password"),
                    "account add wang --kind staff --town yandian --staff YD-024 --called 王某"
                )
            )
            .With(kind, called, town, staff, county, office, person, parties)
            .Does(shell, RunAsync);
        command.Arguments.Add(name);
        return command;
    }

    private async Task<int> RunAsync(Call call)
    {
        var signIn = call.Of(name);
        var words = call.Of(called) ?? signIn;
        var account = new Account("", Kind(call.Of(kind)!), signIn, new(words, words))
        {
            Town = call.Of(town),
            Staff = call.Of(staff),
            County = call.Of(county),
            CountyOffice = call.Of(office),
            CountyPerson = call.Of(person),
            Parties = [.. call.Of(parties)],
        };
        await using var store = place.Open(call);
        var (password, fault) = await store.Keeping.AddAsync(account, call.Plans.Seeds);
        if (fault is not null)
        {
            throw new CommandFailedException(ExitCode.BadInput, fault);
        }

        if (password is null)
        {
            call.Screen.Say(
                new Words($"已新建 {signIn}；用 account key add 发密钥。", $"{signIn} is added; give it a key: account key add.")
            );
        }
        else
        {
            AccountCommand.Told(call, signIn, password);
        }

        return ExitCode.Done;
    }

    private static AccountKind Kind(string text) =>
        Enum.TryParse<AccountKind>(text, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !int.TryParse(text, out _)
            ? kind
            : throw CommandFailedException.BadInput(
                $"--kind 没有“{text}”：staff、county、party、leader、auditor、operator、integration。",
                $"--kind is staff, county, party, leader, auditor, operator or integration, not '{text}'."
            );
}
