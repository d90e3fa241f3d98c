using System.Text;

namespace TownReform.Grains.Seeds.Reading;

/// <summary>A text file under the seeds folder: path relative to it with forward slashes, text without byte-order mark and with LF ends.</summary>
internal sealed record SeedFile(string Path, string Text)
{
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>The seeds folder as loaders see it.</summary>
internal sealed class SeedFolder(string root, FaultLog faults)
{
    public FaultLog Faults { get; } = faults;

    public bool Has(string path) => File.Exists(System.IO.Path.Combine(root, path));

    /// <summary>The file, or null with a fault when it is absent or isn't UTF-8.</summary>
    public SeedFile? Read(string path)
    {
        if (!Has(path))
        {
            Faults.Add(path, 0, "file", "the file to exist");
            return null;
        }

        var bytes = File.ReadAllBytes(System.IO.Path.Combine(root, path));
        if (EncodingFault.Of(bytes) is { } fault)
        {
            Faults.Add(path, fault.Line, "file", EncodingFault.Expected, fault.Found);
            return null;
        }

        return new(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    /// <summary>Paths of the files of one folder, in ordinal order.</summary>
    public IReadOnlyList<string> List(string folder, string extension)
    {
        var full = System.IO.Path.Combine(root, folder);
        return Directory.Exists(full)
            ? [.. Directory.EnumerateFiles(full, "*" + extension).Select(f => $"{folder}/{System.IO.Path.GetFileName(f)}").Order(StringComparer.Ordinal)]
            : [];
    }
}
