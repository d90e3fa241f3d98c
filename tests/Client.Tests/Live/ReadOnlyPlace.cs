using System.Diagnostics;

namespace TownReform.Tests.Fixtures;

/// <summary>A folder in which nothing can be made: mounted so for root, whom permissions don't hold; otherwise without the right to
/// write.</summary>
internal sealed class ReadOnlyPlace : IDisposable
{
    private readonly string folder;
    private readonly bool mounted;

    private ReadOnlyPlace(string folder)
    {
        (this.folder, Path) = (folder, folder);
        mounted = Environment.UserName == "root" && Run("mount", "--bind", folder, folder) && Run("mount", "-o", "remount,ro,bind", folder);
        if (!mounted && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    /// <summary>Whether nothing can be made there: root without the right to mount is held by nothing.</summary>
    public bool IsClosed => mounted || Environment.UserName != "root";

    public static ReadOnlyPlace Make(string folder) => new(folder);

    public void Dispose()
    {
        if (mounted)
        {
            Run("umount", folder);
        }
        else if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static bool Run(string program, params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(program, line) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
