using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>Options of a command that is recorded: its id, its moment, and what a late entry (补录) needs.</summary>
internal sealed class Stamping(Shell shell)
{
    private readonly Option<string?> id = shell.Text(
        "--command-id",
        "GUID",
        new("命令编号；重发时用同一编号，不会重复办理", "id of the command; sent again under the same id it is not done twice")
    );

    private readonly Option<string?> at = shell.Text(
        "--at",
        "MOMENT",
        new(
            "办理时刻（ISO 8601，无时区按镇的时区；默认现在）。与节点时钟之差不得超过允许值（law show clock.allowance.seconds）；更早的须同时给出 --late-reason、--late-paper",
            "moment of the command (ISO 8601, in the town's time without an offset; default now). It may be off the silo's clock "
                + "by the allowance at most (law show clock.allowance.seconds); an earlier one needs --late-reason and --late-paper"
        )
    );

    private readonly Option<string?> reason = shell.Text(
        "--late-reason",
        "TEXT",
        new("补录：当时未能录入的事由，如停电", "late entry: why it could not be entered in time, such as a power cut")
    );

    private readonly Option<string?> paper = shell.Text(
        "--late-paper",
        "TEXT",
        new(
            "补录：能证明该时刻的书面凭据，如收件登记本第 12 页",
            "late entry: the paper that proves the moment, such as page 12 of the register"
        )
    );

    public Option[] Options => [id, at, reason, paper];

    /// <summary>The moment alone, for what is asked and not recorded.</summary>
    public Option Moment => at;

    /// <summary>The command's id: the one given, else a new one.</summary>
    public Guid Id(Call call) => call.CommandId(id);

    /// <summary>Several commands are sent, each under an id of its own.</summary>
    /// <exception cref="CommandFailedException">One id is given for all of them.</exception>
    public void OneIdEach(Call call)
    {
        if (call.Of(id) is not null)
        {
            throw CommandFailedException.BadInput($"{id.Name} 只能用于一项命令。", $"{id.Name} is for one command only.");
        }
    }

    /// <summary>Who, when and under which id; the moment that isn't given is the live town's now.</summary>
    public Stamp Of(Call call, LiveTown live, TownNames town, Actor who, Guid? command = null) =>
        new(command ?? Id(call), who, call.Moment(at, town, live.Now), Late(call));

    /// <summary>The town's day of the command's moment.</summary>
    public DateOnly Day(Call call, LiveTown live, TownNames town) => town.DayOf(call.Moment(at, town, live.Now));

    // A late entry without its own moment would be none.
    private LateEntry? Late(Call call) =>
        (call.Of(reason), call.Of(paper)) switch
        {
            (null, null) => null,
            ({ } why, { } proof) when call.Of(at) is not null => new LateEntry(why, proof),
            ({ }, { }) => throw CommandFailedException.BadInput(
                $"补录须用 {at.Name} 写明办理时刻。",
                $"A late entry needs its own moment: {at.Name}."
            ),
            var (why, _) => throw (why is null ? Missing(paper, reason) : Missing(reason, paper)),
        };

    private static CommandFailedException Missing(Option given, Option missing) =>
        CommandFailedException.BadInput(
            $"补录须同时给出 {given.Name} 与 {missing.Name}；缺 {missing.Name}。",
            $"A late entry needs both {given.Name} and {missing.Name}; {missing.Name} is missing."
        );
}
