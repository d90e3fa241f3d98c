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
        var bureau = shell
            .Text(
                "--bureau",
                "CODE",
                new("机构代码：镇的机构或上级部门", "one of the town's organs, or a department above it"),
                required: true
            )
            .CompletedByOffices(shell);
        var officer = shell.Text("--officer", "ID", new("只看某人的", "only what this person has"));
        return shell
            .Command(
                "inbox",
                new("机构的待办，急的在前", "open work of an office, most urgent first"),
                "inbox --town yandian --bureau government-service"
            )
            .With(town, bureau, officer)
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var names = await LiveTowns.NamedAsync(live, call.Required(town));
                    var code = names.OfficeCode(call.Required(bureau));
                    var key = $"{Address.Live}/{names.WorkplaceKey(code)}";
                    var who = call.Of(officer) is { } typed ? names.Person(typed)?.Id ?? typed : null;
                    IWorkplaceGrain office = names.Directory.Offices.First(o => o.Code == code).Own
                        ? live.Grains.Grain<IBureauGrain>(key)
                        : live.Grains.Grain<ICountyOfficeGrain>(key);
                    var work = await office.ListAsync(who);
                    call.Screen.Show(
                        [.. work],
                        ConsoleJson.Own.WorkItemArray,
                        shown => Draw(call.Screen, names, names.Office(code, call.Screen.Lang), shown)
                    );
                    return ExitCode.Done;
                }
            );
    }

    private static void Draw(Screen screen, TownNames names, string office, WorkItem[] work)
    {
        var lang = screen.Lang;
        var listing = new Listing(
            new Words($"{office}（{work.Length}）", $"{office} ({work.Length})"),
            new(new("案件", "Case")),
            new(new("环节", "Step"), Cut: true),
            new(new("事项", "About"), Rank: 1),
            new(new("自", "Since"), Rank: 3),
            new(new("期限", "Due")),
            new(new("绿色通道", "Green"), Rank: 4),
            new(new("人员", "Officers"), Rank: 2)
        );
        foreach (var item in work)
        {
            listing.Add(
                item.Case,
                names.WorkName(item.Step, item.Item, lang),
                item.Item,
                names.Moment(item.Since),
                item.Due?.ToString("O") ?? Figure.Unknown,
                item.Green ? "●" : "",
                item.Role is null ? new Words("待当事人", "waiting outside").In(lang) : string.Join(", ", item.Officers)
            );
        }

        listing.Write(screen);
    }
}
