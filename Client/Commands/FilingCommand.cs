using System.CommandLine;
using System.Text.Json.Serialization;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>filing list | answer</c>: what a county department does with the sealed decisions of a town (备案、转报): files or forwards them
/// (B2).</summary>
internal static class FilingCommand
{
    private static readonly Dictionary<string, FilingAnswer> Answers = new(StringComparer.Ordinal)
    {
        ["file"] = FilingAnswer.File,
        ["forward"] = FilingAnswer.Forward,
        ["refuse"] = FilingAnswer.Refuse,
        ["demand-seal"] = FilingAnswer.DemandSeal,
    };

    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "filing",
            new("县直部门对镇已盖章决定的备案、转报", "filing of a town's sealed decisions by the county department"),
            "filing list --town yandian --office housing"
        );
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(Answer(shell));
        return command;
    }

    private static Command List(Shell shell)
    {
        var (town, office) = (shell.Town(), Office(shell));
        var all = shell.Flag("--all", new("连同已备案、转报的", "those filed or forwarded too"));
        return shell
            .Command(
                "list",
                new("待备案、转报的决定，先到的在前", "decisions that wait to be filed or forwarded, oldest first"),
                "filing list --town yandian --office housing"
            )
            .With(town, office, all)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var department = Plans.Department(plan, call.Required(office));
                    await using var live = await call.ConnectAsync();
                    var tasks = await OfficeOf(live, plan, department).ListFilingsAsync(openOnly: !call.Of(all));
                    call.Screen.Show([.. tasks], ConsoleJson.Own.FilingViewArray, shown => Draw(call.Screen, department, shown));
                    return ExitCode.Done;
                }
            );
    }

    private static Command Answer(Shell shell)
    {
        var (town, office, stamping) = (shell.Town(), Office(shell), new Stamping(shell));
        var answer = shell.Text(
            "--answer",
            string.Join('|', Answers.Keys),
            new(
                "备案 file（默认）、转报 forward；拒绝 refuse、要求再盖章 demand-seal 不予允许并记录在案",
                "file (default) or forward; refuse and demand-seal are refused and recorded"
            )
        );
        answer.CompletionSources.Add([.. Answers.Keys]);
        var circumstance = shell.Text(
            "--circumstance",
            "TEXT",
            new("要求再盖章的特殊情形（方案允许的）", "special circumstance for another seal, where the plan knows one")
        );
        var comment = shell.Text(
            "--comment",
            "TEXT",
            new("指导意见，不影响决定", "comment as guidance; it changes nothing about the decision")
        );
        var actor = shell.Text("--as", "ID", new("办理人编号（默认该部门第一名办理人）", "officer of the department (default its first)"));
        var all = shell.Flag("--all", new("答复该部门全部待办", "answer all that wait at the department"));
        var number = shell.Argument("CASE", new("案件编号", "case number"));
        number.Arity = ArgumentArity.ZeroOrOne;
        var command = shell
            .Command(
                "answer",
                new("备案或者转报一件决定", "file or forward a decision"),
                "filing answer YD00000001 --town yandian --office housing"
            )
            .With(town, office, answer, circumstance, comment, actor, all)
            .With(stamping.Options)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var department = Plans.Department(plan, call.Required(office));
                    if (!Answers.TryGetValue(call.Of(answer) ?? "file", out var what))
                    {
                        throw CommandFailedException.BadInput(
                            $"--answer 只能是 {string.Join("、", Answers.Keys)}。",
                            $"--answer is one of {string.Join(", ", Answers.Keys)}."
                        );
                    }

                    // The parser's null where nothing is named.
                    string? named = call.Of(number);
                    if (named is null != call.Of(all))
                    {
                        throw CommandFailedException.BadInput(
                            "请写明一个案件编号，或者用 --all 答复全部待办。",
                            "Name one case, or use --all for all that wait."
                        );
                    }

                    if (named is null)
                    {
                        stamping.OneIdEach(call);
                    }

                    await using var live = await call.ConnectAsync();
                    var (filings, names) = (OfficeOf(live, plan, department), await LiveTowns.NamedAsync(live, plan.Code));
                    var who = names.Speaker(department, call.Of(actor), stamping.Day(call, live, names), actor);
                    AnswerFiling Command(Guid? command, string one) =>
                        new(stamping.Of(call, live, names, who, command), one, what, call.Of(circumstance), call.Of(comment));
                    if (named is not null)
                    {
                        var sent = Command(null, named);
                        return call.Screen.Answer(
                            await Sending.AskAsync(sent.Stamp, () => filings.AnswerFilingAsync(sent)),
                            ConsoleJson.Own.FilingView,
                            shown => Draw(call.Screen, department, [shown])
                        );
                    }

                    return await AnswerAllAsync(call, filings, department, one => Command(CommandIds.New(), one));
                }
            );
        command.Arguments.Add(number);
        return command;
    }

    /// <summary>Answers everything that waits, one after the other. The first refusal ends it, as does a town that goes away; what was
    /// answered before is shown first.</summary>
    private static async Task<int> AnswerAllAsync(
        Call call,
        ICountyOfficeGrain filings,
        CountyDepartment department,
        Func<string, AnswerFiling> command
    )
    {
        var waiting = await filings.ListFilingsAsync(openOnly: true);
        var round = await InTurn<FilingView>.SendAsync(
            waiting,
            task =>
                command(task.Case) is var sent
                    ? Sending.AskAsync(sent.Stamp, () => filings.AnswerFilingAsync(sent))
                    : throw new System.Diagnostics.UnreachableException(),
            call.Cancellation
        );
        var (screen, fault) = (call.Screen, round.Broken is { } broken ? ConsoleRun.Told(broken) : null);
        if (round.Refused is null && fault is null)
        {
            screen.Show(round.Done, ConsoleJson.Own.FilingViewArray, shown => Draw(screen, department, shown));
            return ExitCode.Done;
        }

        screen.Show(
            new AnsweredFilings(round.Done, waiting.Length - round.Done.Length, round.Refused, fault),
            ConsoleJson.Own.AnsweredFilings,
            shown =>
            {
                Draw(screen, department, shown.Answered);
                if (shown.Refused is { } refusal)
                {
                    screen.Refuse(refusal);
                }
                else
                {
                    screen.Fail(shown.Fault!.Code, shown.Fault.Words);
                }

                screen.Complain(
                    new(
                        $"已答复 {shown.Answered.Length} 件，尚待 {shown.Left} 件。",
                        $"{shown.Answered.Length} answered, {shown.Left} still wait."
                    )
                );
            }
        );
        return fault?.Code ?? ExitCode.Refused;
    }

    private static ICountyOfficeGrain OfficeOf(LiveTown live, TownPlan plan, CountyDepartment department) =>
        live.Grains.Grain<ICountyOfficeGrain>(Address.CountyOffice(Address.Live, plan.County.Code, department.Code));

    private static Option<string?> Office(Shell shell) =>
        shell
            .Text("--office", "DEPARTMENT", new("部门代码，如 housing", "code of the department, such as housing"), required: true)
            .CompletedByOffices(shell);

    private static void Draw(Screen screen, CountyDepartment department, FilingView[] tasks)
    {
        var lang = screen.Lang;
        var listing = new Listing(
            new Words($"{department.Name.Zh}（{tasks.Length}）", $"{department.Name.En} ({tasks.Length})"),
            new(new("案件", "Case")),
            new(new("事项", "Item"), Rank: 1),
            new(new("收到", "Received"), Rank: 2),
            new(new("答复", "Answer")),
            new(new("答复日", "Answered"), Rank: 3),
            new(new("干预", "Interferences"), Rank: 4),
            new(new("意见", "Comment"), Cut: true)
        );
        foreach (var task in tasks)
        {
            listing.Add(
                task.Case,
                task.Item,
                $"{task.ReceivedOn:O}",
                Wording.Of(task.Answer, lang),
                task.AnsweredOn?.ToString("O") ?? Figure.Unknown,
                Figure.Count(task.Interferences),
                task.Comment ?? ""
            );
        }

        listing.Write(screen);
    }
}

/// <summary>What became of all that waited, where a refusal or a fault ended it.</summary>
/// <param name="Left">How many still wait.</param>
internal sealed record AnsweredFilings(
    FilingView[] Answered,
    int Left,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Refusal? Refused,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ConsoleFault? Fault
);
