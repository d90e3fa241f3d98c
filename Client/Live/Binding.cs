using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>Binds a command to what it does.</summary>
internal static class Binding
{
    public static Command Does(this Command command, Shell shell, Func<Call, Task<int>> act)
    {
        command.SetAction((parse, cancellation) => RunAsync(new Call(shell, parse, cancellation), act));
        return command;
    }

    private static async Task<int> RunAsync(Call call, Func<Call, Task<int>> act)
    {
        try
        {
            return await act(call);
        }
        catch (CommandRefusedException refused)
        {
            call.Screen.Refuse(refused.Refusal);
            return ExitCode.Refused;
        }
    }

    /// <summary>Adds what stands behind the command without a name, in its order.</summary>
    public static Command About(this Command command, params Argument[] arguments)
    {
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        return command;
    }

    public static Command With(this Command command, params Option[] options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return command;
    }
}
