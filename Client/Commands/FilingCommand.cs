using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>filing list | answer</c>: what a county department does with the sealed decisions of a town (备案、转报): files or forwards them
/// (B2).</summary>
internal static class FilingCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "filing",
            new("县直部门对镇已盖章决定的备案、转报", "filing of a town's sealed decisions by the county department"),
            "filing list --town yandian --office housing"
        );
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(new FilingAnswerCommand(shell).Build());
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

    internal static ICountyOfficeGrain OfficeOf(LiveTown live, TownPlan plan, CountyDepartment department) =>
        live.Grains.Grain<ICountyOfficeGrain>(Address.CountyOffice(Address.Live, plan.County.Code, department.Code));

    internal static Option<string?> Office(Shell shell) =>
        shell
            .Text("--office", "DEPARTMENT", new("部门代码，如 housing", "code of the department, such as housing"), required: true)
            .CompletedByOffices(shell);

    internal static void Draw(Screen screen, CountyDepartment department, FilingView[] tasks)
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
