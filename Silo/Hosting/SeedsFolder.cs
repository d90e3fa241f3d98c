namespace TownReform.Silo.Hosting;

/// <summary>Finds the seeds: where one says, else where TOWNREFORM_SEEDS points, else in the nearest folder above that has them.</summary>
public static class SeedsFolder
{
    public const string Variable = "TOWNREFORM_SEEDS";

    /// <param name="given">What the command line says; null when it says nothing.</param>
    /// <returns>The folder's full path, or what to tell when there is none.</returns>
    public static (string? Folder, Words? Missing) Find(string? given)
    {
        var named = given ?? Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            var path = Path.GetFullPath(named);
            return Directory.Exists(path) ? (path, null) : (null, new($"没有种子数据文件夹 {path}。", $"There is no seeds folder {path}."));
        }

        var found = Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory);
        return (found, found is null ? NotFound : null);
    }

    private static Words NotFound { get; } =
        new(
            $"找不到 seeds 文件夹。请用 --seeds 指明，或设置环境变量 {Variable}。",
            $"No seeds folder is found. Name it with --seeds, or set {Variable}."
        );

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
