using System.CommandLine;
using System.Text.Json.Serialization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>filing answer</c>: a county department files or forwards one decision of a town, or all that wait (备案、转报).</summary>
internal sealed class FilingAnswerCommand
{
    private static readonly Dictionary<string, FilingAnswer> Answers = new(StringComparer.Ordinal)
    {
        ["file"] = FilingAnswer.File,
        ["forward"] = FilingAnswer.Forward,
        ["refuse"] = FilingAnswer.Refuse,
        ["demand-seal"] = FilingAnswer.DemandSeal,
    };

    private readonly Shell shell;
    private readonly Option<string?> town;
    private readonly Option<string?> office;
    private readonly Option<string?> answer;
    private readonly Option<string?> circumstance;
    private readonly Option<string?> comment;
    private readonly Option<bool> all;
    private readonly Argument<string> number;
    private readonly OfficerOption officer;
    private readonly Stamping stamping;

    public FilingAnswerCommand(Shell shell)
    {
        this.shell = shell;
        (town, office, officer, stamping) = (shell.Town(), FilingCommand.Office(shell), new(shell), new(shell));
        answer = shell.Text(
            "--answer",
            string.Join('|', Answers.Keys),
            new(
                "备案 file（默认）、转报 forward；拒绝 refuse、要求再盖章 demand-seal 不予允许并记录在案",
                "file (default) or forward; refuse and demand-seal are refused and recorded"
            )
        );
        answer.CompletionSources.Add([.. Answers.Keys]);
        circumstance = shell.Text(
            "--circumstance",
            "TEXT",
            new("要求再盖章的特殊情形（方案允许的）", "special circumstance for another seal, where the plan knows one")
        );
        comment = shell.Text(
            "--comment",
            "TEXT",
            new("指导意见，不影响决定", "comment as guidance; it changes nothing about the decision")
        );
        all = shell.Flag("--all", new("答复该部门全部待办", "answer all that wait at the department"));
        number = shell.Argument("CASE", new("案件编号", "case number"));
        number.Arity = ArgumentArity.ZeroOrOne;
    }

    public Command Build() =>
        shell
            .Command(
                "answer",
                new("备案或者转报一件决定", "file or forward a decision"),
                "filing answer YD00000001 --town yandian --office housing"
            )
            .With(town, office, answer, circumstance, comment, officer.Option, all)
            .With(stamping.Options)
            .About(number)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var plan = call.Town(town);
        var department = Plans.Department(plan, call.Required(office));
        var (what, named) = (Answer(call), Named(call));
        await using var live = await call.ConnectAsync();
        var (filings, names) = (FilingCommand.OfficeOf(live, plan, department), await LiveTowns.NamedAsync(live, plan.Code));
        var who = officer.Of(call, names, department, stamping.Day(call, live, names));
        AnswerFiling Command(Guid? command, string one) =>
            new(stamping.Of(call, live, names, who, command), one, what, call.Of(circumstance), call.Of(comment));
        if (named is null)
        {
            return await AnswerAllAsync(call, filings, department, one => Command(CommandIds.New(), one));
        }

        var sent = Command(null, named);
        return call.Screen.Answer(
            await Sending.AskAsync(sent.Stamp, () => filings.AnswerFilingAsync(sent)),
            ConsoleJson.Own.FilingView,
            shown => FilingCommand.Draw(call.Screen, department, [shown])
        );
    }

    private FilingAnswer Answer(Call call) =>
        Answers.TryGetValue(call.Of(answer) ?? "file", out var what)
            ? what
            : throw CommandFailedException.BadInput(
                $"--answer 只能是 {string.Join("、", Answers.Keys)}。",
                $"--answer is one of {string.Join(", ", Answers.Keys)}."
            );

    /// <summary>The case that is named; null where all that wait are to be answered.</summary>
    private string? Named(Call call)
    {
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

        return named;
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
            screen.Show(round.Done, ConsoleJson.Own.FilingViewArray, shown => FilingCommand.Draw(screen, department, shown));
            return ExitCode.Done;
        }

        var answered = new AnsweredFilings(round.Done, waiting.Length - round.Done.Length, round.Refused, fault);
        screen.Show(answered, ConsoleJson.Own.AnsweredFilings, shown => Draw(screen, department, shown));
        return fault?.Code ?? ExitCode.Refused;
    }

    private static void Draw(Screen screen, CountyDepartment department, AnsweredFilings shown)
    {
        FilingCommand.Draw(screen, department, shown.Answered);
        if (shown.Refused is { } refusal)
        {
            screen.Refuse(refusal);
        }
        else
        {
            screen.Fail(shown.Fault!.Code, shown.Fault.Words);
        }

        screen.Complain(
            new($"已答复 {shown.Answered.Length} 件，尚待 {shown.Left} 件。", $"{shown.Answered.Length} answered, {shown.Left} still wait.")
        );
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
