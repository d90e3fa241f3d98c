using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>completion bash | zsh | fish</c>: a script for the shell; it asks the console itself, so it is never out of date.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _townreform() {
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
        }
        complete -o default -F _townreform townreform ./townreform
        """;

    private const string Zsh = """
        #compdef townreform
        _townreform() {
          local -a found
          found=("${(@f)$("${words[1]}" "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
          compadd -a found
        }
        compdef _townreform townreform ./townreform
        """;

    private const string Fish = """
        function __townreform
          set -l line (commandline -cp)
          set -l program (commandline -opc)[1]
          $program "[suggest:"(string length -- $line)"]" $line 2>/dev/null
        end
        complete -c townreform -a '(__townreform)'
        """;

    public static Command Build(Shell shell)
    {
        var kind = shell.Argument("SHELL", new("bash、zsh 或 fish", "bash, zsh or fish"));
        kind.CompletionSources.Add("bash", "zsh", "fish");
        var command = shell
            .Command("completion", new("输出命令补全脚本", "print a completion script"), "completion bash > ~/.townreform-completion")
            .Does(
                shell,
                call =>
                {
                    call.Screen.Say(
                        call.Of(kind) switch
                        {
                            "bash" => Bash,
                            "zsh" => Zsh,
                            "fish" => Fish,
                            var other => throw CommandFailedException.BadInput(
                                $"没有“{other}”的补全脚本；现有 bash、zsh、fish。",
                                $"There is no completion for '{other}'; there are bash, zsh, fish."
                            ),
                        }
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(kind);
        return command;
    }
}
