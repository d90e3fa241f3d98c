using System.Collections.Immutable;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Live;

/// <summary>Whether the seeds beside the console say what those of the live town say: what the console tells from its own would be false
/// otherwise.</summary>
internal static class SeedsBeside
{
    /// <summary>Files that differ. Those of towns and counties that only the console knows don't count: the live town is the same without
    /// them.</summary>
    public static async Task<ImmutableArray<string>> DifferingAsync(LiveTown live, SeedLibrary seeds, bool scenarios = false)
    {
        var directory = live.Directory("-");
        var (theirs, towns) = (
            (await directory.SeedsAsync()).ToDictionary(file => file.Path, file => file.Hash, StringComparer.Ordinal),
            await directory.TownsAsync()
        );
        return [.. SeedFiles.Differing(seeds.Files, theirs, scenarios).Where(path => theirs.ContainsKey(path) || !IsOfOthers(path, towns))];
    }

    /// <param name="differing">Paths of files.</param>
    public static Words Told(IReadOnlyCollection<string> differing) =>
        TownRefusals.Files(differing) is var files
            ? new(
                $"本机的种子数据与该镇所用的不同：{files.Zh}；本机所知的名称与事项可能有误。请用 --seeds 指明该镇所用的种子数据。",
                $"the seeds here are not those of the live town: {files.En}; what the console knows from them may be wrong. Name "
                    + "the town's own with --seeds."
            )
            : null!;

    public static Words CantJudge(IReadOnlyCollection<string> differing) =>
        TownRefusals.Files(differing) is var files
            ? new(
                $"本机的种子数据与该镇所用的不同：{files.Zh}；以其审计会误报，未施加负载。请用 --seeds 指明该镇所用的种子数据，或以 --no-audit 不作审计。",
                $"The seeds here are not those of the live town: {files.En}; an audit by them would call sound records breaches, "
                    + "so no load was put. Name the town's own with --seeds, or leave the audit out with --no-audit."
            )
            : null!;

    public static Words CantRun(IReadOnlyCollection<string> differing) =>
        TownRefusals.Files(differing) is var files
            ? new(
                $"本机的种子数据与各节点的不同：{files.Zh}；结果将注明本机的数据而由另一份数据算出，未运行。请用 --seeds 指明各节点所用的种子数据。",
                $"The seeds here are not those of the silos: {files.En}; the results would name these and come from others, so "
                    + "nothing was run. Name the silos' own with --seeds."
            )
            : null!;

    private static bool IsOfOthers(string path, ImmutableArray<string> towns) =>
        path.StartsWith("towns/", StringComparison.Ordinal)
        || path.StartsWith("counties/", StringComparison.Ordinal)
        || (
            path.StartsWith("catalogues/", StringComparison.Ordinal)
            && !towns.Any(town => path.StartsWith($"catalogues/{town}", StringComparison.Ordinal))
        );
}
