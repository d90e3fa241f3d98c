using System.Globalization;
using System.Text.RegularExpressions;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>
/// A temporary seeds folder with as many towns as wanted: the towns that are there, and copies of them in turn under codes, case prefixes
/// and words
/// before certificate numbers of their own. Ten copies share a county, as towns do.
/// </summary>
internal sealed partial class SeedCopies : IDisposable
{
    private const int TownsOfACounty = 10,
        Letters = 26;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("townreform-growth-seeds-");

    private SeedCopies() { }

    public string Folder => folder.FullName;

    public static SeedCopies Make(string seeds, int towns)
    {
        var copies = new SeedCopies();
        try
        {
            copies.CopyAll(seeds);
            string[] originals = [.. Directory.GetFiles(Path.Combine(seeds, "towns"), "*.yaml").Order(StringComparer.Ordinal)];
            for (var n = originals.Length; n < towns; n++)
            {
                copies.Add(seeds, Path.GetFileNameWithoutExtension(originals[n % originals.Length]), n);
            }

            return copies;
        }
        catch
        {
            copies.Dispose();
            throw;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void CopyAll(string seeds)
    {
        foreach (var file in Directory.EnumerateFiles(seeds, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Add(string seeds, string like, int n)
    {
        var (code, prefix) = (string.Create(CultureInfo.InvariantCulture, $"{like}-{n}"), Prefix(n));
        var plan = File.ReadAllText(Path.Combine(seeds, "towns", $"{like}.yaml"));
        plan = Code().Replace(plan, $"code: {code}", 1);
        plan = CasePrefix().Replace(plan, $"prefix: {prefix}", 1);
        plan = County().Replace(plan, county => $"county: {CountyLike(seeds, county.Groups["code"].Value, n / TownsOfACounty)}", 1);
        plan = Certificates().Replace(plan, line => Words().Replace(line.Value, word => $"{word.Value}{prefix}"), 1);
        File.WriteAllText(Path.Combine(Folder, "towns", $"{code}.yaml"), plan);
        foreach (var catalogue in new[] { "", "-retained" })
        {
            File.Copy(
                Path.Combine(seeds, "catalogues", $"{like}{catalogue}.csv"),
                Path.Combine(Folder, "catalogues", $"{code}{catalogue}.csv")
            );
        }
    }

    private string CountyLike(string seeds, string county, int n)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"{county}-{n}");
        var file = File.ReadAllText(Path.Combine(seeds, "counties", $"{county}.yaml"));
        File.WriteAllText(Path.Combine(Folder, "counties", $"{code}.yaml"), Code().Replace(file, $"code: {code}", 1));
        return code;
    }

    // Four letters, so that it is none of the two letters that towns have.
    private static string Prefix(int n) =>
        string.Concat(
            "Q",
            (char)('A' + (n / Letters / Letters % Letters)),
            (char)('A' + (n / Letters % Letters)),
            (char)('A' + (n % Letters))
        );

    [GeneratedRegex("^code: .*$", RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^prefix: .*$", RegexOptions.Multiline)]
    private static partial Regex CasePrefix();

    [GeneratedRegex("^county: (?<code>[a-z0-9-]+)$", RegexOptions.Multiline)]
    private static partial Regex County();

    [GeneratedRegex("^  certificate_prefixes: .*$", RegexOptions.Multiline)]
    private static partial Regex Certificates();

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}+")]
    private static partial Regex Words();
}
