using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TownReform.Grains.Journal.Storage;

/// <summary>
/// Holds a folder itself (flock of its handle), not a file in it: whoever takes the lock file away, or puts another in its place, opens
/// nothing. It goes with the process. Where folders can't be held (Windows, some network file systems) the lock file alone has to do.
/// </summary>
internal static class FolderLock
{
    private const int Exclusive = 2,
        AtOnce = 4;

    /// <summary>Takes the folder.</summary>
    /// <returns>What holds it; null where folders can't be held.</returns>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static SafeFileHandle? Take(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var closeWithExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var handle = new SafeFileHandle(Open(Encoding.UTF8.GetBytes(folder + '\0'), closeWithExec), ownsHandle: true);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }

        if (Lock(handle, Exclusive | AtOnce) == 0)
        {
            return handle;
        }

        var taken = Marshal.GetLastPInvokeError() == (OperatingSystem.IsMacOS() ? 35 : 11);
        handle.Dispose();
        return taken ? throw new IOException($"Folder {folder} is held by another process.") : null;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle folder, int how);
}
