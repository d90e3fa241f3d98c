namespace TownReform.Silo.Hosting;

/// <summary>Finds the seeds: where one says, else where TOWNREFORM_SEEDS points, else in the nearest folder above that has them.</summary>
public static class SeedsFolder
{
    public const string Variable = "TOWNREFORM_SEEDS";

    /// <param name="given">What the command line says; null when it says nothing.</param>
    /// <returns>The folder's full path; null when none is found. A folder that is named but isn't there is returned all the same, so that the loader names it.</returns>
    public static string? Find(string? given)
    {
        var named = given ?? Environment.GetEnvironmentVariable(Variable);
        return !string.IsNullOrEmpty(named) ? Path.GetFullPath(named) : Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory);
    }

    /// <summary>What to tell somebody when none is found.</summary>
    public static Words NotFound { get; } = new(
        $"找不到 seeds 文件夹。请用 --seeds 指明，或设置环境变量 {Variable}。",
        $"No seeds folder is found. Name it with --seeds, or set {Variable}.");

    private static string? Above(string start)
    {
        for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
        {
            var seeds = Path.Combine(at.FullName, "seeds");
            if (Directory.Exists(Path.Combine(seeds, "towns")))
            {
                return seeds;
            }
        }

        return null;
    }
}
