using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What the files of the seeds say, each as one hash: comments and layout of YAML files that a town is loaded from are no part of
/// it.</summary>
public static class SeedFiles
{
    private const string Law = "law",
        Scenarios = "scenarios";

    private static readonly ImmutableArray<string> Parts =
    [
        "calendar",
        "catalogues",
        "counties",
        "documents",
        Law,
        "procedures",
        Scenarios,
        "towns",
    ];

    /// <summary>Files that two seeds don't both have with the same content: two silos, or a silo and a console, without any mean the
    /// same.</summary>
    /// <param name="scenarios">Those of scenarios too, which are no part of a live town.</param>
    /// <returns>Paths below the seeds folder, in order.</returns>
    public static ImmutableArray<string> Differing(
        IReadOnlyDictionary<string, string> one,
        IReadOnlyDictionary<string, string> other,
        bool scenarios = false
    ) =>
        [
            .. one
                .Keys.Union(other.Keys, StringComparer.Ordinal)
                .Where(path =>
                    one.GetValueOrDefault(path) != other.GetValueOrDefault(path)
                    && (scenarios || !path.StartsWith($"{Scenarios}/", StringComparison.Ordinal))
                )
                .Order(StringComparer.Ordinal),
        ];

    /// <returns>SHA-256 (hex, lower case) by path.</returns>
    internal static ImmutableSortedDictionary<string, string> Hash(SeedFolder folder)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var path in Parts.SelectMany(part => folder.List(part, ".yaml").Concat(folder.List(part, ".csv"))))
        {
            if (folder.HashOf(path) is { } hash)
            {
                files.Add(path, hash);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>One hash over what the files of law say. Towns record it, so how it is made stays for ever.</summary>
    internal static string HashOfLaw(ImmutableSortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, said) in files.Where(file => file.Key.StartsWith($"{Law}/", StringComparison.Ordinal)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{said}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
