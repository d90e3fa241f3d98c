using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case open | act | ask | show | list | form | receipt</c>.</summary>
internal static class CaseCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "case",
            new("案件：收件、办理、询问、查看、列表", "cases: open, act, ask, show, list"),
            "case list --town yandian"
        );
        command.Subcommands.Add(new CaseOpenCommand(shell).Build());
        command.Subcommands.Add(new CaseActCommand(shell).Build());
        command.Subcommands.Add(CaseAskCommand.Build(shell));
        command.Subcommands.Add(new CaseShowCommand(shell).Build());
        command.Subcommands.Add(CaseListCommand.Build(shell));
        command.Subcommands.Add(CaseFormCommand.Build(shell));
        command.Subcommands.Add(CaseReceiptCommand.Build(shell));
        return command;
    }
}
