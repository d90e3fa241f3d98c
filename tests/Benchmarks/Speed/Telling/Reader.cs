namespace TownReform.Benchmarks.Speed.Telling;

/// <summary>Who reads the figures: Chinese where the environment's language is, else English.</summary>
internal static class Reader
{
    private static readonly bool Chinese = (
        Environment.GetEnvironmentVariable("LC_ALL") is { Length: > 0 } all ? all : Environment.GetEnvironmentVariable("LANG") ?? ""
    ).StartsWith("zh", StringComparison.OrdinalIgnoreCase);

    public static string In(Words words) => Chinese ? words.Zh : words.En;
}
