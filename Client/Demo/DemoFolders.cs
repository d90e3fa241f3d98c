using System.Globalization;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Client.Demo;

/// <summary>
/// The demo worlds of a folder: each in a folder of its own whose name is a number, the newest has the highest. One that is being filled
/// bears a name of its own until it is whole.
/// </summary>
internal sealed class DemoFolders(string path)
{
    public const string Default = "demo";

    private const string HalfFilled = ".half-filled";

    /// <summary>The newest that is whole; null when there is none.</summary>
    public string? Newest => Numbers("").DefaultIfEmpty().Max() is > 0 and var number ? At(number) : null;

    /// <summary>Those that were left half filled, and those that somebody is filling.</summary>
    public IReadOnlyList<string> Unfinished => [.. Numbers(HalfFilled).Order().Select(number => At(number) + HalfFilled)];

    /// <summary>Fills a folder of its own, which gets its name when it is whole. What is half filled is taken away again.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> FillAsync(Func<LiveFolder, Task> fill)
    {
        var whole = At(Numbers("").Concat(Numbers(HalfFilled)).DefaultIfEmpty().Max() + 1);
        var half = whole + HalfFilled;
        OwnersOnly.FromNowOn();
        OwnersOnly.Make(path);
        OwnersOnly.Make(half);
        try
        {
            using (var folder = new LiveFolder(half))
            {
                await fill(folder);
            }

            Directory.Move(half, whole);
            return whole;
        }
        catch
        {
            Directory.Delete(half, recursive: true);
            throw;
        }
    }

    private string At(int number) => Path.Combine(path, number.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<int> Numbers(string suffix) =>
        Directory.Exists(path)
            ? Directory
                .EnumerateDirectories(path)
                .Select(Path.GetFileName)
                .Where(name => name!.EndsWith(suffix, StringComparison.Ordinal))
                .Select(name =>
                    int.TryParse(name![..^suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
                )
                .Where(number => number > 0)
            : [];
}
