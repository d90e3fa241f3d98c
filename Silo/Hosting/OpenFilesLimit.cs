using System.Globalization;

namespace TownReform.Silo.Hosting;

/// <summary>How many files the process may have open: with too few a silo fails somewhere, and not where anybody would look.</summary>
internal static class OpenFilesLimit
{
    /// <summary>A silo alone has some 150 open while it starts; each client, silo and database connection is one more.</summary>
    private const int Least = 256;

    private const string Limits = "/proc/self/limits",
        Line = "Max open files";

    /// <summary>What to tell when there are too few; null when there are enough, or nobody knows.</summary>
    public static Words? Hindrance() =>
        Most() is { } most && most < Least
            ? new(
                $"本进程最多只能打开 {most} 个文件，至少需要 {Least} 个；请先执行 ulimit -n 4096（systemd 用 LimitNOFILE=4096）再启动。",
                $"This process may open {most} files only and needs {Least} at least: ulimit -n 4096 before the start "
                    + "(LimitNOFILE=4096 with systemd)."
            )
            : null;

    // The runtime raises the soft limit to the hard one by itself.
    private static int? Most()
    {
        try
        {
            var line = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal));
            var values = line?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return values is [_, var hard, ..] && int.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                ? most
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
