using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>inbox</c>: open work of a bureau or county office, most urgent first.</summary>
internal static class InboxCommand
{
    public static Command Build(Shell shell)
    {
        var town = shell.Town();
        var bureau = shell.Text("--bureau", "CODE", new("机构代码：镇的机构或上级部门", "one of the town's organs, or a department above it"), required: true);
        var officer = shell.Text("--officer", "ID", new("只看某人的", "only what this person has"));
        return shell.Command("inbox", new("机构的待办，急的在前", "open work of an office, most urgent first"), "inbox --town yandian --bureau government-service")
            .With(town, bureau, officer)
            .Does(shell, async call =>
            {
                var plan = call.Town(town);
                var key = Plans.Workplace(plan, call.Required(bureau));
                await using var live = await call.ConnectAsync();
                IWorkplaceGrain office = plan.IsOwn(key)
                    ? live.Grains.Grain<IBureauGrain>($"{Address.Live}/{key}")
                    : live.Grains.Grain<ICountyOfficeGrain>($"{Address.Live}/{key}");
                call.Screen.Show([.. await office.ListAsync(call.Of(officer))], ConsoleJson.Own.WorkItemArray, work => Draw(call.Screen, key, work));
                return ExitCode.Done;
            });
    }

    private static void Draw(Screen screen, string office, WorkItem[] work)
    {
        var lang = screen.Lang;
        var table = Columns.Titled(new Words($"{office}（{work.Length}）", $"{office} ({work.Length})").In(lang))
            .Text(new("案件", "Case"), lang).Text(new("环节", "Step"), lang).Text(new("事项", "About"), lang).Text(new("自", "Since"), lang)
            .Text(new("期限", "Due"), lang).Text(new("绿色通道", "Green"), lang).Text(new("人员", "Officers"), lang);
        foreach (var item in work)
        {
            table.Row(
                item.Case, item.Step, item.Item, $"{item.Since:yyyy-MM-dd}", item.Due?.ToString("O") ?? Figure.Unknown, item.Green ? "●" : "",
                item.Role is null ? new Words("待当事人", "waiting outside").In(lang) : string.Join(", ", item.Officers));
        }

        screen.Console.Write(table);
    }
}
