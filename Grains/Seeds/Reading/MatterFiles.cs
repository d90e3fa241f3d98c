using System.Collections.Frozen;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>The files that matters bring with them: their procedures and the figures of the town's own rules that these name. A file of the
/// same path in the seeds folder goes before.</summary>
internal static class MatterFiles
{
    private const string Prefix = "matters/";
    private const string Law = ".law.yaml";

    /// <summary>By the path that the file would have in the seeds folder: <c>X.yaml</c> of a matter is <c>procedures/X.yaml</c>,
    /// <c>X.law.yaml</c> is <c>law/X.yaml</c>.</summary>
    public static FrozenDictionary<string, byte[]> All { get; } =
        typeof(MatterFiles)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => PathOf(name[Prefix.Length..]), Read, StringComparer.Ordinal);

    /// <summary>Of these the law: the system's own rules read it, whatever procedures there are.</summary>
    public static FrozenDictionary<string, byte[]> OfLaw { get; } =
        All.Where(file => file.Key.StartsWith("law/", StringComparison.Ordinal)).ToFrozenDictionary(StringComparer.Ordinal);

    private static string PathOf(string file) =>
        file.EndsWith(Law, StringComparison.Ordinal) ? $"law/{file[..^Law.Length]}.yaml" : $"procedures/{file}";

    private static byte[] Read(string name)
    {
        using var stream = typeof(MatterFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
