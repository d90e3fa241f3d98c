using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Commands;

/// <summary><c>staff second | show | leave</c>.</summary>
internal static class StaffCommand
{
    private const string Secondment = "secondment";

    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "staff",
            new("人员：借调、查看、休假", "staff: secondment, particulars, leave"),
            "staff show YD-029 --town yandian"
        );
        command.Subcommands.Add(Second(shell));
        command.Subcommands.Add(Show(shell));
        command.Subcommands.Add(Leave(shell));
        return command;
    }

    private static Command Second(Shell shell)
    {
        var staff = Staff(shell);
        var (town, stamping) = (shell.Town(), new Stamping(shell));
        var to = shell.Text(
            "--to",
            "DEPARTMENT",
            new("借调单位代码，如 organisation", "department that asks for them, such as organisation"),
            required: true
        );
        var from = shell.Text("--from", "DAY", new("第一日", "first day"), required: true);
        var until = shell.Text("--until", "DAY", new("最后一日", "last day"), required: true);
        var need = shell.Text("--need", "TEXT", new("工作特殊需要", "the special need"), required: true);
        var exception = shell.Text(
            "--exception",
            "TEXT",
            new("超期的理由（须两级批准）", "reason for a longer term (approved at both levels)")
        );
        var actor = shell.Text("--as", "ID", new("办理人编号（默认该单位第一名办理人）", "officer of the department (default its first)"));
        var command = shell
            .Command(
                "second",
                new(
                    "由上级单位提出借调，先经镇党委、再经组织部门",
                    "ask for a secondment, as the department; the town's committee and the organisation department then decide"
                ),
                "staff second YD-029 --town yandian --to development-reform --from 2026-03-02 --until 2026-06-30 --need 项目申报"
            )
            .With(town, to, from, until, need, exception, actor)
            .With(stamping.Options)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var department = Plans.Department(plan, call.Required(to));
                    List<Field> fields = [new("to", department.Code), Day(call, from), Day(call, until), new("need", call.Required(need))];
                    if (call.Of(exception) is { } reason)
                    {
                        fields.Add(new("exception", reason));
                    }

                    await using var live = await call.ConnectAsync();
                    var names = await LiveTowns.NamedAsync(live, plan.Code);
                    var who = names.Speaker(department, call.Of(actor), stamping.Day(call, live, names), actor);
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
            );
        command.Arguments.Add(staff);
        return command;
    }

    private static Command Show(Shell shell)
    {
        var (staff, town) = (Staff(shell), shell.Town());
        var command = shell
            .Command(
                "show",
                new("查看人员的岗位、资格、服务与缺勤", "show somebody's post, certificates, service and absences"),
                "staff show YD-029 --town yandian"
            )
            .With(town)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var person = Plans.Person(plan, call.Of(staff));
                    await using var live = await call.ConnectAsync();
                    var facts = await live.Staff(plan.Code, person.Id).ReadAsync();
                    return call.Screen.Answer(facts, ConsoleJson.Own.StaffFacts, shown => Draw(call.Screen, plan, shown));
                }
            );
        command.Arguments.Add(staff);
        return command;
    }

    private static Command Leave(Shell shell)
    {
        var (staff, town, stamping) = (Staff(shell), shell.Town(), new Stamping(shell));
        var from = shell.Text("--from", "DAY", new("第一日", "first day"), required: true);
        var until = shell.Text("--until", "DAY", new("最后一日", "last day"), required: true);
        var actor = shell.Text(
            "--as",
            "HEAD",
            new(
                "批准人编号：所在机构负责人或副职，或镇领导；不能是本人",
                "who approves it: head or deputy of the person's organ, or a leader of the town; never the person itself"
            )
        );
        var command = shell
            .Command(
                "leave",
                new("登记经批准的休假；在手的件自动交接", "record a leave that was approved; what they have in hand is handed over"),
                "staff leave YD-029 --town yandian --as YD-021 --from 2026-03-02 --until 2026-03-06"
            )
            .With(town, actor, from, until)
            .With(stamping.Options)
            .Does(
                shell,
                async call =>
                {
                    var plan = call.Town(town);
                    var person = Plans.Person(plan, call.Of(staff));
                    var approver = Plans.Person(plan, call.Of(actor) ?? throw Plans.WhoIsOver(plan, person, actor));
                    var (first, last) = (Required(call, from), Required(call, until));
                    await using var live = await call.ConnectAsync();
                    var stamp = stamping.Of(
                        call,
                        live,
                        await LiveTowns.NamedAsync(live, plan.Code),
                        new Actor(approver.Id, approver.Organ)
                    );
                    var leave = new TakeLeave(stamp, first, last);
                    var answer = await Sending.AskAsync(stamp, () => live.Staff(plan.Code, person.Id).TakeLeaveAsync(leave));
                    return call.Screen.Answer(answer, ConsoleJson.Own.StaffFacts, shown => Draw(call.Screen, plan, shown));
                }
            );
        command.Arguments.Add(staff);
        return command;
    }

    private static Argument<string> Staff(Shell shell) => shell.Argument("STAFF", new("人员编号", "id of the member of staff"));

    private static DateOnly Required(Call call, Option<string?> option)
    {
        call.Required(option);
        return call.Day(option)!.Value;
    }

    private static Field Day(Call call, Option<string?> option) => new(option.Name.TrimStart('-'), $"{Required(call, option):O}");

    private static void Draw(Screen screen, TownPlan plan, StaffFacts person)
    {
        var lang = screen.Lang;
        var organ = plan.Organs.FirstOrDefault(o => o.Code == person.Organ)?.Name.In(lang) ?? person.Organ;
        screen.Say($"{person.Id}  {organ}  {Wording.Of(person.Class, lang)}");
        screen.Say(
            new Words(
                $"职责 {(person.Roles.IsEmpty ? Figure.Unknown : RoleWords.Of(string.Join(" | ", person.Roles)).Zh)}",
                $"roles {string.Join(", ", person.Roles)}"
            )
        );
        screen.Say(new Words($"在镇服务自 {person.Since:O}", $"in the town since {person.Since:O}"));
        if (person.AgreementUntil is { } agreement)
        {
            screen.Say(new Words($"服务期至 {agreement:O}", $"service agreement until {agreement:O}"));
        }

        foreach (var certificate in person.Certificates)
        {
            screen.Say(
                new Words(
                    $"资格证 {TermWords.Certificate(certificate.Code).Zh}（{certificate.Code}），有效至 {certificate.ValidUntil:O}",
                    $"certificate {certificate.Code}, valid until {certificate.ValidUntil:O}"
                )
            );
        }

        foreach (var time in person.OutOfOffice ?? [])
        {
            var until = time.Until is { } back ? Moments.Show(back, plan.TimeZone) : "";
            screen.Say(
                new Words(
                    $"不在任（编制已核销）{Moments.Show(time.From, plan.TimeZone)} – {until}".TrimEnd(),
                    $"out of office (post freed) {Moments.Show(time.From, plan.TimeZone)} – {until}".TrimEnd()
                )
            );
        }

        foreach (var away in person.Absences)
        {
            screen.Say($"{Wording.Of(away.Kind, lang)} {away.From:O} – {away.Until:O} {away.To} {away.Case}".TrimEnd());
        }
    }
}
