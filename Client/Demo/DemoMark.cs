using System.Globalization;
using System.Text.Json;
using TownReform.Client.Terminal;

namespace TownReform.Client.Demo;

/// <summary>What a demo world's folder says of itself, in <c>demo.json</c>.</summary>
/// <param name="Scenario">The scenario that filled it.</param>
/// <param name="Seed">Its draws.</param>
/// <param name="Opens">Where its clock began.</param>
internal sealed record DemoMark(string Scenario, long Seed, DateTimeOffset Opens)
{
    private const string File = "demo.json";

    /// <summary>The moment as the silo takes it.</summary>
    public string Clock => Opens.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public void Write(string folder) =>
        System.IO.File.WriteAllText(Path.Combine(folder, File), JsonSerializer.Serialize(this, ConsoleJson.Own.DemoMark));

    /// <exception cref="CommandFailedException">The folder has none, or one that can't be read.</exception>
    public static DemoMark Read(string folder)
    {
        var path = Path.Combine(folder, File);
        try
        {
            return JsonSerializer.Deserialize(System.IO.File.ReadAllText(path), ConsoleJson.Own.DemoMark)
                ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput(
                $"{folder} 不是可用的演示环境（{path}：{e.Message}）。可用 --fresh 另建，或用 --data 另选文件夹。",
                $"{folder} is no demo world that can be opened ({path}: {e.Message}). Make another with --fresh, or choose another "
                    + "folder with --data."
            );
        }
    }
}
