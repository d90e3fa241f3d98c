using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TownReform.Grains.Journal.Storage;

/// <summary>A town's files hold names and ids of parties: they are their owner's alone (folder 0700, files 0600).</summary>
public static class OwnersOnly
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
        File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Shuts a folder and all that is in it to other accounts.</summary>
    public static void Shut(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(folder, Folder);
            foreach (var path in Directory.GetFiles(folder))
            {
                System.IO.File.SetUnixFileMode(path, File);
            }
        }
    }

    private static readonly string[] Kinds = ["town.*", "orleans.sqlite*", "townreform.*"];

    /// <summary>Whatever this process makes from now on is its owner's alone.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask((uint)Others);
        }
    }

    /// <summary>Makes a folder unless it is there.</summary>
    /// <returns>Its full path.</returns>
    public static string Make(string folder) =>
        OperatingSystem.IsWindows() || Directory.Exists(folder)
            ? Directory.CreateDirectory(folder).FullName
            : Directory.CreateDirectory(folder, Folder).FullName;

    /// <summary>How a file of its owner's is made anew.</summary>
    public static FileStreamOptions NewFile(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return options;
    }

    /// <summary>Takes from others what an earlier version, or somebody since, let them do with a town's folder and its files.</summary>
    /// <returns>What was mended and what could not be, to be told; null when there was nothing to mend.</returns>
    public static Words? Mend(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var (mended, left) = (0, new List<string>());
        foreach (var path in Kinds.SelectMany(kind => Directory.GetFiles(folder, kind)).Prepend(folder).Where(IsOthers))
        {
            try
            {
                System.IO.File.SetUnixFileMode(path, System.IO.File.GetUnixFileMode(path) & ~Others);
                mended++;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                left.Add(path);
            }
        }

        return left.Count > 0
                ? new(
                    $"本机其他账户可以读取 {string.Join("、", left)}（内有当事人姓名与证件号），而本进程无权收紧；请以其所有者执行 chmod go-rwx。",
                    $"Other accounts of this machine can reach {string.Join(", ", left)} (names and ids of parties), and this "
                        + "process may not change that: chmod go-rwx as their owner."
                )
            : mended > 0
                ? new(
                    $"已将 {folder} 及其中文件改为仅所有者可读写（0700、0600）：原先本机其他账户可以读取当事人信息。",
                    $"{folder} and its files are now their owner's alone (0700, 0600); other accounts of this machine could read them."
                )
            : null;
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOthers(string path) =>
        (System.IO.File.Exists(path) || Directory.Exists(path)) && (System.IO.File.GetUnixFileMode(path) & Others) != 0;

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
