using System.CommandLine;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Live;

/// <summary>Options that say who acts, from which office and for whom.</summary>
internal sealed class ActorOptions(Shell shell, bool required)
{
    private readonly Option<string?> id = shell.Actor(
        new("办理人编号（人员、县级办理人或当事人）", "who acts: member of staff, county officer or citizen"),
        required
    );

    private readonly Option<string?> office = shell
        .Text(
            "--office",
            "CODE",
            new("所在机构代码（默认按编号判断，否则为群众）", "office that they speak for (default by the id, else the public)")
        )
        .CompletedByOffices(shell);

    private readonly Option<string?> onBehalf = shell.Text(
        "--for",
        "ID",
        new("代何人办理（帮办代办）", "on whose behalf (help and act for)")
    );

    public Option[] Options => [id, office, onBehalf];

    /// <summary>The id that was given; null without one.</summary>
    public string? Id(Call call) => call.Of(id);

    /// <summary>Who acts; without an id the party does.</summary>
    public Actor Of(Call call, TownNames names, string party) =>
        names.Actor(call.Of(id) ?? party, call.Of(office), call.Of(onBehalf), party);
}

/// <summary>The option that says which officer acts for a department above the town; its first in office without it.</summary>
internal sealed class OfficerOption(Shell shell)
{
    private readonly Option<string?> id = shell.Actor(
        new("县级办理人编号（默认该部门第一名办理人）", "officer of the department above the town (default its first)")
    );

    public Option Option => id;

    /// <param name="day">Of the command.</param>
    /// <exception cref="CommandFailedException">Nobody has the id that is named, or nobody is in office.</exception>
    public Actor Of(Call call, TownNames names, CountyDepartment department, DateOnly day) =>
        names.Speaker(department, call.Of(id), day, id);
}
