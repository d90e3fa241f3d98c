using System.Security.Cryptography;
using System.Text;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>A text file under the seeds folder: path relative to it with forward slashes, text without byte-order mark and with LF
/// ends.</summary>
internal sealed record SeedFile(string Path, string Text)
{
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>The seeds folder as loaders see it.</summary>
/// <param name="builtIn">Files that are there unless the folder has others of their paths.</param>
internal sealed class SeedFolder(string root, FaultLog faults, IReadOnlyDictionary<string, byte[]>? builtIn = null)
{
    private readonly IReadOnlyDictionary<string, byte[]> builtIn = builtIn ?? new Dictionary<string, byte[]>();
    private readonly Dictionary<string, SeedFile> read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);

    public FaultLog Faults { get; } = faults;

    public bool Has(string path) => File.Exists(System.IO.Path.Combine(root, path)) || builtIn.ContainsKey(path);

    /// <summary>The file, or null with a fault when it is absent or isn't UTF-8.</summary>
    public SeedFile? Read(string path)
    {
        if (read.TryGetValue(path, out var known))
        {
            return known;
        }

        if (!Has(path))
        {
            Faults.Add(path, 0, "file", "the file to exist");
            return null;
        }

        var full = System.IO.Path.Combine(root, path);
        var bytes = File.Exists(full) ? File.ReadAllBytes(full) : builtIn[path];
        if (EncodingFault.Of(bytes) is { } fault)
        {
            Faults.Add(path, fault.Line, "file", EncodingFault.Expected, fault.Found);
            return null;
        }

        return read[path] = new(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>A YAML file, parsed and checked against its shape; null with faults when it doesn't fit. The hash of what it says is kept,
    /// so that nobody parses it twice.</summary>
    public Entry? Parse(SeedFile file, Shape shape)
    {
        var root = Entry.Parse(file, shape, Faults);
        if (root is { } sound)
        {
            hashes[file.Path] = ContentHash.Of(sound);
        }

        return root;
    }

    /// <summary>SHA-256 (hex, lower case) of what a file says: of a parsed YAML file without comments and layout, of another its text. Null
    /// with a fault when it can't be read.</summary>
    public string? HashOf(string path) =>
        hashes.GetValueOrDefault(path)
        ?? (Read(path) is { } file ? hashes[path] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text))) : null);

    /// <summary>Paths of the files of one folder, in ordinal order.</summary>
    public IReadOnlyList<string> List(string folder, string extension)
    {
        var full = System.IO.Path.Combine(root, folder);
        var own = Directory.Exists(full) ? Directory.EnumerateFiles(full, "*" + extension) : [];
        return
        [
            .. own.Select(f => $"{folder}/{System.IO.Path.GetFileName(f)}")
                .Union(
                    builtIn.Keys.Where(path =>
                        path.StartsWith(folder + "/", StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal)
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }
}
