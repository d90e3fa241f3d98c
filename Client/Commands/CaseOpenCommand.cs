using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case open</c>: opens a case of any procedure (收件), or shows what would become of it.</summary>
internal sealed class CaseOpenCommand
{
    private readonly Shell shell;
    private readonly Option<string?> town;
    private readonly Option<string?> item;
    private readonly Option<string?> procedure;
    private readonly Option<string?> party;
    private readonly Option<string?> name;
    private readonly Option<bool> organisation;
    private readonly Option<bool> green;
    private readonly Option<bool> dryRun;
    private readonly Option<string[]> field;
    private readonly ActorOptions actor;
    private readonly Stamping stamping;

    public CaseOpenCommand(Shell shell)
    {
        (this.shell, town, stamping) = (shell, shell.Town(required: false), new(shell));
        item = shell
            .Text(
                "--item",
                "ITEM",
                new(
                    "事项代码，或者程序所办人员的编号；程序不针对事项或人员的不填",
                    "code of the item, or id of the person that the procedure is about; none where it is about neither"
                )
            )
            .CompletedByItems(shell);
        procedure = shell.Text(
            "--procedure",
            "PROCEDURE",
            new("程序代码（默认按事项类别）", "code of the procedure (default by the item's kind)")
        );
        party = shell.Text("--party", "ID", new("申请人或当事人编号", "id of the applicant or party"), required: true);
        name = shell.Text(
            "--party-name",
            "NAME",
            new("申请人或当事人名称（默认同编号）", "name of the applicant or party (default: the id)")
        );
        organisation = shell.Flag("--organisation", new("当事人是单位", "the party is an organisation"));
        green = shell.Flag("--green", new("项目绿色通道", "green channel for projects"));
        (actor, dryRun) = (new ActorOptions(shell, required: false), Outlooks.DryRun(shell));
        field = shell
            .Texts(
                "--field",
                "NAME=VALUE",
                new(
                    "程序要求的栏目，可多次（case form 列出）",
                    "a field that the procedure asks for; may be repeated (case form lists them)"
                )
            )
            .CompletedByFields(shell, parse => (parse.GetValue(procedure), CaseOpening.Act));
    }

    public Command Build() =>
        shell
            .Command(
                "open",
                new("收件：登记一件申请", "open a case"),
                "case open --town yandian --item YD-XK-001 --party 91371581MA3C00000R --party-name 烟店轴承厂 --organisation"
            )
            .With(town, item, procedure, party, name, organisation, green, field, dryRun)
            .With(actor.Options)
            .With(stamping.Options)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var (command, fields) = (stamping.Id(call), call.Fields(field).ToImmutableArray());
        await using var live = await call.ConnectAsync();
        var names = await LiveTowns.OfItemAsync(call, live, town, call.Of(item) ?? actor.Id(call) ?? "");
        var (code, about) = names.About(call.Of(procedure), call.Of(item), stamping.Day(call, live, names));
        var whose = call.Required(party);
        var stamp = stamping.Of(call, live, names, actor.Of(call, names, whose), command);
        var opening = new OpenCase(
            Stamp: stamp,
            Town: names.Town,
            Procedure: code,
            Subject: about,
            Party: new Party(whose, call.Of(name) ?? whose, call.Of(organisation)),
            Green: call.Of(green),
            Fields: fields
        );
        return call.Of(dryRun)
            ? await Outlooks.ShowAsync(call, names, stamp, () => live.Grains.ForeseeOpeningAsync(opening))
            : await CaseOpening.ShowAsync(call, live, names, opening);
    }
}
