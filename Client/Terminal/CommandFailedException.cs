namespace TownReform.Client.Terminal;

/// <summary>Ends the console with a message for its user and an exit code. Only the edge throws it; what grains refuse is a
/// value.</summary>
internal sealed class CommandFailedException(int code, Words words) : Exception(words.En)
{
    public int Code { get; } = code;

    public Words Words { get; } = words;

    public static CommandFailedException BadInput(string zh, string en) => new(ExitCode.BadInput, new(zh, en));
}
