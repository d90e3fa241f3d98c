using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>staff leave</c>: a leave that was approved (休假).</summary>
internal sealed class StaffLeaveCommand(Shell shell)
{
    private readonly Argument<string> staff = shell.Staff();
    private readonly Option<string?> town = shell.Town();
    private readonly SpanOptions span = new(shell);
    private readonly Option<string?> actor = shell.Actor(
        new(
            "批准人编号：所在机构负责人或副职，或镇领导；不能是本人",
            "who approves it: head or deputy of the person's organ, or a leader of the town; never the person itself"
        )
    );
    private readonly Stamping stamping = new(shell);

    public Command Build() =>
        shell
            .Command(
                "leave",
                new("登记经批准的休假；在手的件自动交接", "record a leave that was approved; what they have in hand is handed over"),
                "staff leave YD-029 --town yandian --as YD-021 --from 2026-03-02 --until 2026-03-06"
            )
            .With(town, actor, span.From, span.Until)
            .With(stamping.Options)
            .About(staff)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var plan = call.Town(town);
        var person = Plans.Person(plan, call.Of(staff));
        var approver = Plans.Person(plan, call.Of(actor) ?? throw Plans.WhoIsOver(plan, person, actor));
        var (first, last) = span.Of(call);
        await using var live = await call.ConnectAsync();
        var stamp = stamping.Of(call, live, await LiveTowns.NamedAsync(live, plan.Code), new Actor(approver.Id, approver.Organ));
        var leave = new TakeLeave(stamp, first, last);
        var answer = await Sending.AskAsync(stamp, () => live.Staff(plan.Code, person.Id).TakeLeaveAsync(leave));
        return call.Screen.Answer(answer, ConsoleJson.Own.StaffFacts, shown => StaffShowCommand.Draw(call.Screen, plan, shown));
    }
}
