using System.Globalization;

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>Pictures of every page that the tests look at, for people to look at: <c>TOWNREFORM_PICTURES=1 tests/run Browser</c>
/// leaves them in <c>artifacts/pictures</c>.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("TOWNREFORM_PICTURES") is { Length: > 0 }
        ? Directory.CreateDirectory(Path.Combine(SourceFolder.Path, "artifacts", "pictures")).FullName
        : null;

    private static int taken;

    /// <summary>The page as it is, whole, at a desk and on a phone; nothing where nobody asked for pictures.</summary>
    public static async Task TakePicturesAsync(this Person person)
    {
        if (Folder is null)
        {
            return;
        }

        var number = Interlocked.Increment(ref taken);
        foreach (var width in new[] { Seat.Desktop, Seat.Phone })
        {
            await person.Page.SetViewportSizeAsync(width, Seat.HeightOf(width));
            await person.Page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Folder, NameOf(person, number, width)) });
        }
    }

    private static string NameOf(Person person, int number, int width)
    {
        var page = new string([
            .. new Uri(person.Page.Url).PathAndQuery.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'),
        ]);
        return string.Create(CultureInfo.InvariantCulture, $"{page.Trim('-')} {number:D3} {width} {person.Say("zh", "en")}.png");
    }
}
