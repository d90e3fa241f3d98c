using System.CommandLine;
using System.CommandLine.Help;
using TownReform.Client.Commands;
using TownReform.Client.Reports;

namespace TownReform.Client.Terminal;

/// <summary>All commands, as one tree.</summary>
internal static class CommandTree
{
    /// <summary>What the program is called on a command line.</summary>
    public const string Name = "townreform";

    public static RootCommand Build(Shell shell)
    {
        var root = new RootCommand(
            new Words(
                "乡镇扩权改革：两镇的权责、案件、人员与留痕。",
                "TownReform: powers, cases, people and record of the reform towns."
            ).In(shell.Lang)
        );
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpPage(shell);
        }

        foreach (
            Option option in new Option[]
            {
                shell.Language,
                shell.Gateway,
                shell.TlsCertificate,
                shell.TlsKey,
                shell.TlsAuthority,
                shell.Seeds,
                shell.Json,
                shell.Wide,
                shell.Plain,
                shell.Verbose,
            }
        )
        {
            root.Options.Add(option);
        }

        foreach (var command in Commands(shell))
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static IEnumerable<Command> Commands(Shell shell) =>
        [
            ServeCommand.Build(shell),
            SimulateCommand.Build(shell),
            ScenarioCommand.Build(shell),
            TownCommand.Build(shell),
            CaseCommand.Build(shell),
            StaffCommand.Build(shell),
            PowerCommand.Build(shell),
            InboxCommand.Build(shell),
            FilingCommand.Build(shell),
            TownsCommand.Build(shell),
            LoadCommand.Build(shell),
            AuditCommand.Build(shell),
            AccountCommand.Build(shell),
            BackupCommand.Build(shell),
            BackupCommand.BuildRestore(shell),
            CatalogueCommand.Build(shell),
            LawCommand.Build(shell),
            ClausesCommand.Build(shell),
            CompareCommand.Build(shell),
            CompletionCommand.Build(shell),
        ];
}
