using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Clauses;

/// <summary>The run that was made last.</summary>
internal static class LastRun
{
    /// <param name="folder">Where runs lie beside each other.</param>
    /// <returns>Folder of the one whose summary is newest; null when there is none.</returns>
    public static string? In(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateDirectories(folder)
                .Select(run => new FileInfo(Path.Combine(run, SummaryJson.FileName)))
                .Where(summary => summary.Exists)
                .OrderByDescending(summary => summary.LastWriteTimeUtc)
                .ThenBy(summary => summary.FullName, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.DirectoryName
            : null;
}
