using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>The parts of the seeds, each with a hash of what its files say: comments and layout of YAML files are no part of it.</summary>
public static class SeedParts
{
    public const string Calendar = "calendar";
    public const string Catalogues = "catalogues";
    public const string Counties = "counties";
    public const string Law = "law";
    public const string Procedures = "procedures";
    public const string Towns = "towns";

    /// <summary>All of them; scenarios and schemas are no part of a live town.</summary>
    public static ImmutableArray<string> All { get; } = [Calendar, Catalogues, Counties, Law, Procedures, Towns];

    /// <returns>SHA-256 (hex, lower case) by part.</returns>
    internal static ImmutableSortedDictionary<string, string> Hash(SeedFolder folder) =>
        All.ToImmutableSortedDictionary(part => part, part => Hash(folder, part), StringComparer.Ordinal);

    private static string Hash(SeedFolder folder, string part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in folder.List(part, ".yaml").Concat(folder.List(part, ".csv")))
        {
            if (folder.Read(path) is { } file)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{(path.EndsWith(".csv", StringComparison.Ordinal) ? file.Text : ContentHash.Of(file.Text))}\0"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
