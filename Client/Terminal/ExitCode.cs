namespace TownReform.Client.Terminal;

/// <summary>What the console ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something that nobody foresaw.</summary>
    public const int Fault = 1;

    /// <summary>The command line, a file or the seeds are wrong.</summary>
    public const int BadInput = 2;

    /// <summary>The law or the state says no; or the audit found a broken chain.</summary>
    public const int Refused = 3;

    /// <summary>The live town doesn't answer.</summary>
    public const int Unreachable = 4;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;
}
