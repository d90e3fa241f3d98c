using System.Text.Json;
using System.Text.Json.Nodes;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>Opens a case in the live town, which gives it its number; the same command id finds the case that it opened before.</summary>
internal static class CaseOpening
{
    /// <summary>Name under which forms tell what is filled in to open a case.</summary>
    public const string Act = "open";

    /// <summary>Opens, and shows the case, with what the window should look at again, or the refusal.</summary>
    public static async Task<int> ShowAsync(Call call, LiveTown town, TownNames names, OpenCase command)
    {
        var opened = (await Sending.AskAsync(command.Stamp, () => town.Grains.OpenCaseAsync(command))).OrRefused();
        var notices = await Notices.OfAsync(town, opened);
        call.Screen.Show(
            opened,
            ConsoleJson.Own.CaseView,
            new Dictionary<string, JsonNode?> { ["notices"] = JsonSerializer.SerializeToNode(notices, ConsoleJson.Own.NoticeArray) },
            shown =>
            {
                new CasePage(call.Screen, names).Write(shown);
                Notices.Show(call.Screen, notices);
            }
        );
        return ExitCode.Done;
    }
}

/// <summary>Sends a command about a case and shows what became of it.</summary>
internal static class Sending
{
    /// <exception cref="CommandFailedException">No answer came. Its message has the command id to send it again with.</exception>
    public static async Task<int> ShowAsync(Call call, TownNames names, Stamp stamp, Func<Task<Outcome<CaseView>>> send) =>
        call.Screen.Answer(await AskAsync(stamp, send), ConsoleJson.Own.CaseView, new CasePage(call.Screen, names).Write);

    public static async Task<T> AskAsync<T>(Stamp stamp, Func<Task<T>> send)
    {
        try
        {
            return await send();
        }
        catch (TownFaultException fault)
        {
            throw LiveTown.Halted(fault, stamp.CommandId);
        }
        catch (Exception e) when (LiveTown.IsNoAnswer(e))
        {
            var why = LiveTown.NoAnswer(e.Message);
            throw new CommandFailedException(
                ExitCode.Unreachable,
                new($"{why.Zh}\n  --command-id {stamp.CommandId}", $"{why.En}\n  --command-id {stamp.CommandId}")
            );
        }
    }
}
