using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>staff second</c>: a department above the town asks for somebody (借调).</summary>
internal sealed class StaffSecondCommand(Shell shell)
{
    private const string Secondment = "secondment";

    private readonly Argument<string> staff = shell.Staff();
    private readonly Option<string?> town = shell.Town();
    private readonly Option<string?> to = shell.Text(
        "--to",
        "DEPARTMENT",
        new("借调单位代码，如 organisation", "department that asks for them, such as organisation"),
        required: true
    );
    private readonly SpanOptions span = new(shell);
    private readonly Option<string?> need = shell.Text("--need", "TEXT", new("工作特殊需要", "the special need"), required: true);
    private readonly Option<string?> exception = shell.Text(
        "--exception",
        "TEXT",
        new("超期的理由（须两级批准）", "reason for a longer term (approved at both levels)")
    );
    private readonly OfficerOption officer = new(shell);
    private readonly Stamping stamping = new(shell);

    public Command Build() =>
        shell
            .Command(
                "second",
                new(
                    "由上级单位提出借调，先经镇党委、再经组织部门",
                    "ask for a secondment, as the department; the town's committee and the organisation department then decide"
                ),
                "staff second YD-029 --town yandian --to development-reform --from 2026-03-02 --until 2026-06-30 --need 项目申报"
            )
            .With(town, to, span.From, span.Until, need, exception, officer.Option)
            .With(stamping.Options)
            .About(staff)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var plan = call.Town(town);
        var department = Plans.Department(plan, call.Required(to));
        List<Field> fields = [new("to", department.Code), .. span.Fields(call), new("need", call.Required(need))];
        if (call.Of(exception) is { } reason)
        {
            fields.Add(new("exception", reason));
        }

        await using var live = await call.ConnectAsync();
        var names = await LiveTowns.NamedAsync(live, plan.Code);
        var who = officer.Of(call, names, department, stamping.Day(call, live, names));
        return await CaseOpening.ShowAsync(
            call,
            live,
            names,
            new OpenCase(
                stamping.Of(call, live, names, who),
                plan.Code,
                call.Plans.Procedure(Secondment).Code,
                Plans.Person(plan, call.Of(staff)).Id,
                new Party(department.Code, department.Code, Organisation: true),
                Green: false,
                [.. fields]
            )
        );
    }
}
