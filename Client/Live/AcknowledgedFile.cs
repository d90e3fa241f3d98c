using System.Text;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Live;

/// <summary>
/// Commands that clients were answered, one a line behind a header: <c>commandId,stream,what</c>. What is the kind of the record or the act
/// that was
/// taken, and may be empty. Written with a byte-order mark, for spreadsheets; read with or without. A command may be there more than once.
/// </summary>
internal static class AcknowledgedFile
{
    public const string FileName = "acknowledged.csv";

    public const string Header = "commandId,stream,what";

    public static string Line(AcknowledgedCommand command) => $"{command.CommandId:D},{command.Stream},{command.What}";

    /// <summary>Writes it for its owner alone: streams of staff name people.</summary>
    public static void Write(string path, IEnumerable<AcknowledgedCommand> commands)
    {
        using var file = new StreamWriter(path, Encoding.UTF8, OwnersOnly.NewFile(FileMode.Create));
        foreach (var line in commands.Select(Line).Prepend(Header))
        {
            file.WriteLine(line);
        }
    }

    /// <summary>Reads while it is asked for more, so that a file of any length will do.</summary>
    /// <exception cref="CommandFailedException">A line isn't one; it is named.</exception>
    public static IEnumerable<AcknowledgedCommand> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw CommandFailedException.BadInput($"没有文件 {path}。", $"There is no file {path}.");
        }

        return Lines(path);
    }

    private static IEnumerable<AcknowledgedCommand> Lines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (number == 1 && line != Header)
            {
                throw NoHeader(path);
            }

            if (number > 1 && line.Length > 0)
            {
                yield return Command(path, number, line);
            }
        }

        if (number == 0)
        {
            throw NoHeader(path);
        }
    }

    private static AcknowledgedCommand Command(string path, int number, string line) =>
        line.Split(',') is [var id, { Length: > 0 } stream, var what] && Guid.TryParse(id, out var command)
            ? new AcknowledgedCommand(command, stream, what.Length > 0 ? what : null)
            : throw CommandFailedException.BadInput(
                $"{path} 第 {number} 行须为 {Header}，不能是“{Characters.Told(line)}”。",
                $"Line {number} of {path} is {Header}, not '{Characters.Told(line)}'."
            );

    private static CommandFailedException NoHeader(string path) =>
        CommandFailedException.BadInput($"{path} 首行须为 {Header}。", $"The first line of {path} must be {Header}.");
}
