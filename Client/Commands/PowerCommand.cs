using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>power list | grant | suspend | adjust | recall</c>.</summary>
internal static class PowerCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "power",
            new("权责事项：清单与动态调整", "powers: the list, and changes by procedure"),
            "power list --town yandian"
        );
        command.Subcommands.Add(List(shell));
        command.Subcommands.Add(
            new PowerChangeCommand(
                shell,
                "grant",
                new("提出赋权（审核、承接能力核查后生效）", "propose to grant an item (reviewed, readiness checked)")
            ).Build()
        );
        command.Subcommands.Add(new PowerChangeCommand(shell, "suspend", new("提出暂停事项", "propose to suspend an item")).Build());
        command.Subcommands.Add(
            new PowerChangeCommand(shell, "adjust", new("提出调整事项的承诺期限", "propose another promised limit")).Build()
        );
        command.Subcommands.Add(new PowerChangeCommand(shell, "recall", new("提出收回事项", "propose to recall an item")).Build());
        return command;
    }

    private static Command List(Shell shell)
    {
        var town = shell.Town();
        var day = shell.Text("--day", "DAY", new("哪一天（默认今天）", "on which day (default today)"));
        return shell
            .Command("list", new("列出事项当日的状态", "list the items as they stand on a day"), "power list --town guyun --day 2026-03-02")
            .With(town, day)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    await using var live = await call.ConnectAsync();
                    var on = call.Day(day) ?? plan.DayOf(live.Now);
                    var listed = (await live.Catalogue(plan.Code).ListAsync(on)).OrRefused();
                    HeldItem[] items = [.. listed.Items.Select(h => Held(plan, h)).OrderBy(i => i.Item, StringComparer.Ordinal)];
                    call.Screen.Show(items, ConsoleJson.Own.HeldItemArray, shown => Draw(call.Screen, plan, on, shown));
                    return ExitCode.Done;
                }
            );
    }

    private static HeldItem Held(TownPlan plan, PowerHolding holding)
    {
        var item = plan.Items[holding.Item];
        return new(
            Item: holding.Item,
            Name: item.Name,
            Kind: item.Kind,
            Field: item.Field,
            CountyDepartment: item.CountyDepartment,
            Standing: holding.Standing,
            Version: holding.Version,
            Since: holding.Since,
            Promised: holding.PromisedLimit ?? item.Promised.ToString(),
            Retained: item.Retained
        );
    }

    private static void Draw(Screen screen, TownPlan plan, DateOnly day, HeldItem[] items)
    {
        var lang = screen.Lang;
        var held = items.Count(i => i.Standing == PowerStanding.InForce && !i.Retained);
        var listing = new Listing(
            new Words($"{plan.Name.Zh} {day:O}：有效 {held} 项", $"{plan.Name.En} on {day:O}: {held} items in force"),
            new(new("代码", "Code")),
            new(new("类别", "Kind"), Rank: 3),
            new(new("状态", "Standing")),
            new(new("自", "Since"), Rank: 2),
            new(new("承诺", "Promise"), Rank: 1),
            new(new("名称", "Name"), Cut: true)
        );
        foreach (var item in items)
        {
            var standing = item.Retained ? new Words("县级保留", "kept by the county").In(lang) : Wording.Of(item.Standing, lang);
            listing.Add(
                item.Item,
                TermWords.Kind(item.Kind).In(lang),
                standing,
                item.Since?.ToString("O") ?? Figure.Unknown,
                Wording.Limit(item.Promised, lang),
                item.Name.In(lang)
            );
        }

        listing.Write(screen);
    }
}

/// <summary>An item as it stands on a day, with its names.</summary>
/// <param name="Promised">Promised limit in force, such as <c>5wd</c>.</param>
internal sealed record HeldItem(
    string Item,
    Words Name,
    string Kind,
    string Field,
    string CountyDepartment,
    PowerStanding Standing,
    int Version,
    DateOnly? Since,
    string Promised,
    bool Retained
);
