using System.Collections.Frozen;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Seeds;

/// <summary>A copy of the real seeds, without procedures, for a test to break. Paths are relative to the seeds folder.</summary>
public sealed class SeedCopy : IDisposable
{
    public const string Yandian = "towns/yandian.yaml";
    public const string Guyun = "towns/guyun.yaml";
    public const string Linqing = "counties/linqing.yaml";
    public const string YandianItems = "catalogues/yandian.csv";
    public const string GuyunItems = "catalogues/guyun.csv";

    public static readonly FrozenSet<string> Rules = new[] { "power-in-force", "papers-complete" }.ToFrozenSet();
    public static readonly FrozenSet<string> Effects = new[] { "number-certificate" }.ToFrozenSet();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seeds-");

    public SeedCopy()
    {
        foreach (var part in new[] { "counties", "towns", "catalogues", "law", "calendar" })
        {
            folder.CreateSubdirectory(part);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Original, part)))
            {
                File.Copy(file, Path.Combine(folder.FullName, part, Path.GetFileName(file)));
            }
        }

        folder.CreateSubdirectory("procedures");
    }

    /// <summary>The procedures too, so that the whole folder loads.</summary>
    public void AddProcedures()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Original, "procedures")))
        {
            File.Copy(file, Path.Combine(Folder, "procedures", Path.GetFileName(file)));
        }
    }

    /// <summary>Writes one more town of Yandian's county, from Yandian's files.</summary>
    public void AddTown(string code, string prefix)
    {
        var file = $"towns/{code}.yaml";
        Write(file, Read(Yandian));
        Replace(file, "code: yandian", $"code: {code}");
        Replace(file, "prefix: YD", $"prefix: {prefix}");
        Replace(
            file,
            "{permit: 烟行许, penalty: 烟综执罚, confirmation: 烟行确, payment: 烟行给, county-permit: 临行许}",
            "{permit: 祁县行许, penalty: 祁综执罚, confirmation: 祁行确, payment: 祁行给, county-permit: 临祁行许}"
        );
        string Own(string items) => items.Replace("\nYD-", $"\n{prefix}-", StringComparison.Ordinal);
        Write($"catalogues/{code}.csv", Own(Read(YandianItems)));
        Write($"catalogues/{code}-retained.csv", Own(Read("catalogues/yandian-retained.csv")));
    }

    /// <summary>The seeds folder of the repository.</summary>
    public static string Original { get; } = Path.Combine(SourceFolder.Path, "seeds");

    public string Folder => folder.FullName;

    /// <summary>A file of the folder, else the one that a matter brings with it.</summary>
    public string Read(string path) =>
        File.Exists(Path.Combine(Folder, path))
            ? File.ReadAllText(Path.Combine(Folder, path))
            : System.Text.Encoding.UTF8.GetString(MatterFiles.All[path]);

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    /// <summary>Replaces the first place where <paramref name="old"/> stands, which must be there.</summary>
    /// <returns>The line of that place.</returns>
    public int Replace(string path, string old, string @new)
    {
        var text = Read(path);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{path} has no '{old}'");
        Write(path, text[..at] + @new + text[(at + old.Length)..]);
        return text[..at].Count(c => c == '\n') + 1;
    }

    /// <summary>Changes one cell of the row with that code.</summary>
    /// <returns>The line of the row.</returns>
    public int SetCell(string path, string code, string column, string value)
    {
        var lines = Read(path).TrimEnd('\n').Split('\n');
        var columns = lines[0].Split(',');
        var line = Array.FindIndex(lines, l => l.StartsWith(code + ",", StringComparison.Ordinal));
        var cells = lines[line].Split(',');
        cells.Length.ShouldBe(columns.Length, "this row has commas inside quotes: choose another");
        cells[Array.IndexOf(columns, column)] = value;
        lines[line] = string.Join(',', cells);
        Write(path, string.Join('\n', lines) + "\n");
        return line + 1;
    }

    public void RemoveRow(string path, string code) =>
        Write(path, string.Join('\n', Read(path).Split('\n').Where(l => !l.StartsWith(code + ",", StringComparison.Ordinal))));

    /// <summary>Adds a row that repeats another under a new code.</summary>
    public void RepeatRow(string path, string code, string newCode) =>
        Write(
            path,
            Read(path)
                + newCode
                + Read(path).Split('\n').Single(l => l.StartsWith(code + ",", StringComparison.Ordinal))[code.Length..]
                + "\n"
        );

    public SeedLibrary Load() => SeedLoader.Load(Folder, Rules, Effects);

    public IReadOnlyList<SeedFault> Faults() => Should.Throw<SeedException>(() => Load()).Faults;

    /// <summary>Loads, and expects this one fault and no other.</summary>
    public void HasOneFault(string file, int line, string field)
    {
        var fault = Faults().ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Field).ShouldBe((file, line, field), fault.ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);
}
