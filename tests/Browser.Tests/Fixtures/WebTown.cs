using System.Globalization;

[assembly: AssemblyFixture(typeof(TownReform.Browser.Tests.Fixtures.WebTown))]

namespace TownReform.Browser.Tests.Fixtures;

/// <summary>One practice town with its pages, in a process of its own, for all tests; each test has people and cases of its own.</summary>
public sealed class WebTown : IAsyncLifetime
{
    /// <summary>A Monday morning.</summary>
    private const string Opening = "2026-06-01T09:00";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly Chromium chromium = new();
    private SiloProcess process = null!;

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await chromium.InitializeAsync();
        var (http, _) = SiloProcess.FreePorts();
        process = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            http.ToString(CultureInfo.InvariantCulture),
            "--clock",
            Opening
        );
        Address = FormattableString.Invariant($"http://localhost:{http}");
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    /// <summary>Somebody who hasn't signed in.</summary>
    public async Task<Person> StrangerAsync(Func<Seat, Seat>? at = null)
    {
        var seat = new Seat(Address);
        return await Person.SitDownAsync(chromium, at?.Invoke(seat) ?? seat);
    }
}
