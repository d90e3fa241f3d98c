using Microsoft.Win32.SafeHandles;

namespace TownReform.Grains.Journal.Storage;

/// <summary>Writes to files whose faults are all an <see cref="IOException"/>.</summary>
internal static class DiskWrites
{
    /// <summary>EFBIG: the file would be larger than <c>ulimit -f</c> or its file system lets it be.</summary>
    public const int FileTooLarge = 27;

    /// <exception cref="IOException">Not all of it was written.</exception>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(file, bytes, at);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "value")
        {
            // What the runtime makes of EFBIG; none of the arguments has that name.
            throw new IOException(e.Message, FileTooLarge);
        }
    }
}
