using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case open | act | ask | show | list | form | receipt</c>.</summary>
internal static class CaseCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "case",
            new("案件：收件、办理、询问、查看、列表", "cases: open, act, ask, show, list"),
            "case list --town yandian"
        );
        command.Subcommands.Add(Open(shell));
        command.Subcommands.Add(Act(shell));
        command.Subcommands.Add(CaseAskCommand.Build(shell));
        command.Subcommands.Add(Show(shell));
        command.Subcommands.Add(CaseListCommand.Build(shell));
        command.Subcommands.Add(CaseFormCommand.Build(shell));
        command.Subcommands.Add(CaseReceiptCommand.Build(shell));
        return command;
    }

    private static Command Open(Shell shell)
    {
        var (town, stamping) = (shell.Town(required: false), new Stamping(shell));
        var item = shell
            .Text(
                "--item",
                "ITEM",
                new(
                    "事项代码，或者程序所办人员的编号；程序不针对事项或人员的不填",
                    "code of the item, or id of the person that the procedure is about; none where it is about neither"
                )
            )
            .CompletedByItems(shell);
        var procedure = shell.Text(
            "--procedure",
            "PROCEDURE",
            new("程序代码（默认按事项类别）", "code of the procedure (default by the item's kind)")
        );
        var party = shell.Text("--party", "ID", new("申请人或当事人编号", "id of the applicant or party"), required: true);
        var name = shell.Text(
            "--party-name",
            "NAME",
            new("申请人或当事人名称（默认同编号）", "name of the applicant or party (default: the id)")
        );
        var organisation = shell.Flag("--organisation", new("当事人是单位", "the party is an organisation"));
        var green = shell.Flag("--green", new("项目绿色通道", "green channel for projects"));
        var (actor, dryRun) = (new ActorOptions(shell, required: false), Outlooks.DryRun(shell));
        var field = shell
            .Texts(
                "--field",
                "NAME=VALUE",
                new(
                    "程序要求的栏目，可多次（case form 列出）",
                    "a field that the procedure asks for; may be repeated (case form lists them)"
                )
            )
            .CompletedByFields(shell, parse => (parse.GetValue(procedure), CaseOpening.Act));
        return shell
            .Command(
                "open",
                new("收件：登记一件申请", "open a case"),
                "case open --town yandian --item YD-XK-001 --party 91371581MA3C00000R --party-name 烟店轴承厂 --organisation"
            )
            .With(town, item, procedure, party, name, organisation, green, field, dryRun)
            .With(actor.Options)
            .With(stamping.Options)
            .Does(
                shell,
                async call =>
                {
                    var (command, fields) = (stamping.Id(call), call.Fields(field).ToImmutableArray());
                    await using var live = await call.ConnectAsync();
                    var names = await LiveTowns.OfItemAsync(call, live, town, call.Of(item) ?? actor.Id(call) ?? "");
                    var (code, about) = names.About(call.Of(procedure), call.Of(item));
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
            );
    }

    private static Command Act(Shell shell)
    {
        var number = shell.Argument("NUMBER", new("案件编号", "number of the case"));
        var act = shell
            .Argument(
                "ACT",
                new(
                    "办理动作，如 accept、grant（case show 列出可用的）",
                    "the act, such as accept or grant (case show lists the possible ones)"
                )
            )
            .CompletedByActs(shell, number);
        var (actor, dryRun) = (new ActorOptions(shell, required: true), Outlooks.DryRun(shell));
        var version = shell.Text(
            "--at-version",
            "N",
            new(
                "只在案件仍是您看到的版本（case show 中 # 后的数）时办理",
                "do it only when the case still has the version that you saw (the number behind # in case show)"
            )
        );
        var field = shell
            .Texts("--field", "NAME=VALUE", new("该动作的栏目，可多次", "a field of the act; may be repeated"))
            .CompletedByFields(shell, number, act);
        var stamping = new Stamping(shell);
        var command = shell
            .Command(
                "act",
                new("办理一个动作", "do an act on a case"),
                "case act YD00000001 recommend --as YD-024 --field recommendation=grant"
            )
            .With(field, dryRun, version)
            .With(actor.Options)
            .With(stamping.Options)
            .Does(
                shell,
                async call =>
                {
                    var (command, fields) = (stamping.Id(call), call.Fields(field).ToImmutableArray());
                    await using var live = await call.ConnectAsync();

                    // Read first: a name that the procedure or the town doesn't know is a slip, and slips don't belong in the record.
                    if ((await KnownCase.FindAsync(live, call.Of(number))).IsRefused(out var refusal, out var known))
                    {
                        call.Screen.Refuse(refusal);
                        return ExitCode.Refused;
                    }

                    var (view, names) = known;
                    var what = names.Act(view.Procedure, call.Of(act));
                    var stamp = stamping.Of(call, live, names, actor.Of(call, names, view.Party.Id), command);
                    var acting = new ActOnCase(stamp, what, fields, call.Number(version, 1, int.MaxValue));
                    return call.Of(dryRun)
                        ? await Outlooks.ShowAsync(call, names, stamp, () => live.Case(view.Number).ForeseeAsync(acting))
                        : await Sending.ShowAsync(call, names, stamp, () => live.Case(view.Number).ActAsync(acting));
                }
            );
        command.Arguments.Add(number);
        command.Arguments.Add(act);
        return command;
    }

    private static Command Show(Shell shell)
    {
        var number = shell.Argument("NUMBER", new("案件编号", "number of the case"));
        var asOf = shell.Text(
            "--as-of",
            "N|MOMENT",
            new("当时的状态：第 N 条记录之后，或某一时刻（ISO 8601）", "as it stood then: right after record N, or at a moment (ISO 8601)")
        );
        var command = shell
            .Command(
                "show",
                new("查看案件、计时、经过（含拒绝）与可办动作", "show a case, its clock, its history with refusals, and the possible acts"),
                "case show YD00000001"
            )
            .With(asOf)
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    if ((await KnownCase.FindAsync(live, call.Of(number))).IsRefused(out var refusal, out var known))
                    {
                        call.Screen.Refuse(refusal);
                        return ExitCode.Refused;
                    }

                    var (view, names) = known;
                    if (Then(call, names, asOf) is { } then)
                    {
                        if ((await live.Case(view.Number).ReadAtAsync(then)).IsRefused(out refusal, out view))
                        {
                            call.Screen.Refuse(refusal);
                            return ExitCode.Refused;
                        }
                    }

                    var history = await HistoryAsync(live, view);
                    var records = (await Streams.ReadAsync(live.Audit, $"case/{view.Number}"))
                        .Where(record => record.Version <= view.Version)
                        .ToImmutableArray();
                    var possible = view.Disposition == Disposition.Open ? names.ActsAt(view.Procedure, view.Step) : [];
                    Notice[] notices = [.. Notices.Of(view.Party)];
                    call.Screen.Show(
                        new ShownCase(view, [.. possible.Select(a => a.Code)], records),
                        ConsoleJson.Own.ShownCase,
                        new Dictionary<string, JsonNode?>
                        {
                            ["notices"] = JsonSerializer.SerializeToNode(notices, ConsoleJson.Own.NoticeArray),
                        },
                        shown => Draw(call.Screen, names, shown, history, possible, notices)
                    );
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(number);
        return command;
    }

    private static AsOf? Then(Call call, TownNames names, Option<string?> asOf) =>
        call.Of(asOf) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var record) ? new AsOf(record)
        : new AsOf(null, names.Moment(asOf.Name, text));

    // Page by page, as far as the case goes that is shown.
    private static async Task<List<HistoryRecord>> HistoryAsync(LiveTown live, CaseView view)
    {
        var records = new List<HistoryRecord>();
        while (
            records.Count < view.Version
            && (await live.Case(view.Number).HistoryAsync(records.Count)).Value?.Records is { IsEmpty: false } page
        )
        {
            records.AddRange(page.Where(record => record.Version <= view.Version));
        }

        return records;
    }

    private static void Draw(
        Screen screen,
        TownNames names,
        ShownCase shown,
        IEnumerable<HistoryRecord> history,
        IReadOnlyList<ListedName> possible,
        Notice[] notices
    )
    {
        new CasePage(screen, names).Write(shown.Case);
        Notices.Show(screen, notices);
        if (possible.Count > 0)
        {
            screen.Say(
                new Words(
                    $"可办动作：{string.Join("、", possible.Select(a => $"{a.Name.Zh} {a.Code}"))}",
                    $"possible acts: {string.Join(", ", possible.Select(a => a.Code))}"
                )
            );
        }

        screen.Say("");
        new CaseStory(screen, names).Write(shown.Case, history);
    }
}

/// <summary>A case with what can be done now and everything that happened.</summary>
internal sealed record ShownCase(CaseView Case, ImmutableArray<string> PossibleActs, ImmutableArray<AuditRecord> History);
