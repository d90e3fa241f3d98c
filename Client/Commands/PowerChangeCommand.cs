using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>power grant | suspend | adjust | recall</c>: a department proposes a change of the list of powers (动态调整).</summary>
internal sealed class PowerChangeCommand(Shell shell, string change, Words about)
{
    private const string Adjustment = "power-adjustment";

    private readonly Argument<string> item = shell.Argument("ITEM", new("事项代码", "code of the item")).CompletedByItems(shell);
    private readonly Option<string?> town = shell.Town();
    private readonly Option<string?> from = shell.Text("--from", "DAY", new("生效日", "first day"), required: true);
    private readonly Option<string?> reason = shell.Text("--reason", "TEXT", new("理由", "reason"), required: true);
    private readonly Option<string?> promised = shell.Text(
        "--promised",
        "LIMIT",
        new("新的承诺期限，如 5wd（工作日）或 30cd（自然日）", "new promised limit, such as 5wd or 30cd"),
        required: change == "adjust"
    );
    private readonly OfficerOption officer = new(shell);
    private readonly Stamping stamping = new(shell);

    public Command Build() =>
        shell
            .Command(
                change,
                about,
                $"power {change} YD-XK-001 --town yandian --from 2026-03-02 --reason 省级目录调整{(change == "adjust" ? " --promised 5wd" : "")}"
            )
            .With(town, from, reason, promised, officer.Option)
            .With(stamping.Options)
            .About(item)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var plan = call.Town(town);
        var power = Plans.Item(plan, call.Of(item));
        var department = Plans.Department(plan, power.CountyDepartment);
        List<Field> fields = [new("change", change), new("from", $"{call.RequiredDay(from):O}"), new("reason", call.Required(reason))];
        if (call.Of(promised) is { } limit)
        {
            fields.Add(new("promised", limit));
        }

        await using var live = await call.ConnectAsync();
        var names = await LiveTowns.NamedAsync(live, plan.Code);
        var stamp = stamping.Of(call, live, names, officer.Of(call, names, department, stamping.Day(call, live, names)));
        return await CaseOpening.ShowAsync(
            call,
            live,
            names,
            new OpenCase(
                stamp,
                plan.Code,
                call.Plans.Procedure(Adjustment).Code,
                power.Code,
                new Party(department.Code, department.Code, Organisation: true),
                Green: false,
                [.. fields]
            )
        );
    }
}
