using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Commands;

/// <summary><c>catalogue check | show</c>: the seeds themselves; needs no live town.</summary>
internal static class CatalogueCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "catalogue",
            new("目录：校验种子数据、公开事项", "catalogues: check the seeds, publish an item"),
            "catalogue check"
        );
        command.Subcommands.Add(Check(shell));
        command.Subcommands.Add(Show(shell));
        return command;
    }

    private static Command Check(Shell shell) =>
        shell
            .Command(
                "check",
                new(
                    "校验全部种子数据，按类别与领域计数；有错误则逐条列出文件与行，退出码 2",
                    "check all seeds and count items by kind and field; faults are listed with file and line, exit 2"
                ),
                "catalogue check --seeds seeds"
            )
            .Does(
                shell,
                call =>
                {
                    CatalogueReport[] reports = [.. call.Plans.Towns.Select(CatalogueCheck.Of)];
                    call.Screen.Show(reports, ConsoleJson.Own.CatalogueReportArray, shown => Draw(call.Screen, shown));
                    return Task.FromResult(ExitCode.Done);
                }
            );

    private static Command Show(Shell shell)
    {
        var item = shell.Argument("ITEM", new("事项代码", "code of the item")).CompletedByItems(shell);
        var town = shell.Town();
        var on = shell.Text("--on", "DAY", new("哪一天的规定（默认今天）", "by the law of which day (default today)"));
        var command = shell
            .Command(
                "show",
                new("事项公示：依据、材料、期限、收费、裁量", "an item as published: basis, papers, limits, fee, discretion"),
                "catalogue show YD-XK-001 --town yandian"
            )
            .With(town, on)
            .Does(
                shell,
                call =>
                {
                    var plan = call.Town(town);
                    var day = call.Day(on) ?? plan.DayOf(TimeProvider.System.GetUtcNow());
                    call.Screen.Show(
                        PublishedItem.Of(Plans.Item(plan, call.Of(item)), day, call.Plans.Seeds.Law),
                        ConsoleJson.Own.PublishedItem,
                        shown => Draw(call, plan, shown)
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(item);
        return command;
    }

    private static void Draw(Screen screen, CatalogueReport[] reports)
    {
        var lang = screen.Lang;
        foreach (var report in reports)
        {
            screen.Say($"{report.Town}: {report}");
        }

        foreach (var report in reports)
        {
            var table = Columns
                .Titled(
                    new Words(
                        $"{report.Town}（另有县级保留 {report.Retained} 项）",
                        $"{report.Town} (and {report.Retained} kept by the county)"
                    ).In(lang)
                )
                .Text(new("领域", "Field"), lang)
                .Figures(lang, [new Words("合计", "All"), .. report.Kinds.Select(k => TermWords.Kind(k.Kind))]);
            foreach (var field in report.Fields)
            {
                table.Row([
                    TermWords.Field(field.Field).In(lang),
                    Figure.Count(field.Items),
                    .. field.Kinds.Select(k => Figure.Count(k.Items)),
                ]);
            }

            screen.Console.Write(
                table.Total([
                    new Words("合计", "All").In(lang),
                    Figure.Count(report.Total),
                    .. report.Kinds.Select(k => Figure.Count(k.Items)),
                ])
            );
        }
    }

    private static void Draw(Call call, TownPlan plan, PublishedItem item)
    {
        var (screen, lang) = (call.Screen, call.Screen.Lang);
        var bureau = plan.Organs.First(o => o.Code == item.Bureau).Name.In(lang);
        var department = plan.CountyDepartments.First(d => d.Code == item.CountyDepartment).Name.In(lang);
        screen.Say($"{item.Code}  {item.Name.In(lang)}");
        screen.Say(
            new Words(
                $"类别 {TermWords.Kind(item.Kind).Zh}，领域 {TermWords.Field(item.Field).Zh}",
                $"kind {item.Kind}, field {TermWords.Field(item.Field).En}"
            )
        );
        screen.Say(
            item.Retained
                ? new Words($"依法保留在{department}，由镇窗口收件", $"kept by law at {department}; the town's window receives it")
                : new Words($"承办 {bureau}，原属 {department}", $"handled by {bureau}, formerly by {department}")
        );
        var verify = item.Verify ? new Words("（待核实）", " (to be verified)").In(lang) : "";
        screen.Say(new Words($"{item.Day:O} 依据 {item.LegalBasis}{verify}", $"basis on {item.Day:O}: {item.LegalBasis}{verify}"));
        screen.Say(
            new Words(
                $"法定期限 {Said(item.Statutory)}（{item.StatutoryArticle}），承诺期限 {Said(item.Promised)}",
                $"limit by law {Said(item.Statutory)} ({item.StatutoryArticle}), promised {Said(item.Promised)}"
            )
        );
        string Said(TimeLimit? limit) => limit?.InWords().In(lang) ?? Figure.Unknown;
        var fee = item.Fee.ToString("0.00", CultureInfo.InvariantCulture) + (item.FeeBasis is { } basis ? $" ({basis})" : "");
        screen.Say(new Words($"收费 {fee} 元", $"fee {fee} yuan"));
        foreach (var paper in item.Papers)
        {
            screen.Say($"  - {paper.In(lang)}");
        }

        foreach (var band in item.Bands)
        {
            screen.Say(
                $"  {TermWords.Choice("circumstance", band.Circumstance).In(lang)}: "
                    + $"{band.From.ToString("#,0.00", CultureInfo.InvariantCulture)} – "
                    + $"{band.To.ToString("#,0.00", CultureInfo.InvariantCulture)} {new Words("元", "yuan").In(lang)}"
            );
        }

        screen.Say(
            new Words(
                $"办理程序 {call.Plans.ProcedureFor(plan.Items[item.Code], null, item.Day).Code}",
                $"procedure {call.Plans.ProcedureFor(plan.Items[item.Code], null, item.Day).Code}"
            )
        );
    }
}
