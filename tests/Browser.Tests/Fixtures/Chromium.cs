namespace TownReform.Browser.Tests.Fixtures;

/// <summary>Debian's Chromium, started once for all tests; each person is a context of its own, with its own cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Where the package puts it; <c>tests/chromium install</c> gets it.</summary>
    private const string Path = "/usr/bin/chromium";

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Path,
                // Chromium has no sandbox for root, as which CI runs.
                Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }

    /// <summary>Somebody with a browser of their own.</summary>
    public Task<IBrowserContext> NewContextAsync(Seat seat) =>
        browser.NewContextAsync(
            new()
            {
                BaseURL = seat.Address,
                Locale = seat.Chinese ? "zh-CN" : "en-GB",
                ViewportSize = new() { Width = seat.Width, Height = Seat.HeightOf(seat.Width) },
                JavaScriptEnabled = seat.Script,
                ColorScheme = seat.Dark ? ColorScheme.Dark : ColorScheme.Light,
                ForcedColors = seat.ForcedColors ? ForcedColors.Active : ForcedColors.None,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
}

/// <summary>What somebody sits at.</summary>
/// <param name="Address">Of the silo.</param>
/// <param name="Script">Off: everything must work without.</param>
public sealed record Seat(
    string Address,
    bool Chinese = false,
    bool Script = true,
    int Width = Seat.Desktop,
    bool Dark = false,
    bool ForcedColors = false
)
{
    public const int Desktop = 1440,
        Phone = 390,
        Zoomed = 320;

    public static int HeightOf(int width) => width < Desktop ? 844 : 900;
}
