namespace TownReform.Tests.Fixtures;

/// <summary>The repository that the tests were built from.</summary>
public static class SourceFolder
{
    /// <summary>The folder with the solution.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(System.IO.Path.Combine(at.FullName, "TownReform.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has TownReform.sln.");
    }
}
