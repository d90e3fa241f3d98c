using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>staff second | show | leave</c>.</summary>
internal static class StaffCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "staff",
            new("人员：借调、查看、休假", "staff: secondment, particulars, leave"),
            "staff show YD-029 --town yandian"
        );
        command.Subcommands.Add(new StaffSecondCommand(shell).Build());
        command.Subcommands.Add(StaffShowCommand.Build(shell));
        command.Subcommands.Add(new StaffLeaveCommand(shell).Build());
        return command;
    }

    /// <summary>Whom the command is about.</summary>
    internal static Argument<string> Staff(this Shell shell) => shell.Argument("STAFF", new("人员编号", "id of the member of staff"));
}
