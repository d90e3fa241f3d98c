using System.Net;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>What a supervisor is answered by a silo as a process.</summary>
public sealed class HttpEndpointsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Silo_WithHttp_IsLiveAndReadyAndShowsItsDashboard()
    {
        var (http, _) = SiloProcess.FreePorts();
        await using var silo = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            $"{http}",
            "--dashboard"
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        (await StatusAsync(client, "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, "/dashboard/")).ShouldBe(HttpStatusCode.OK);
        (await silo.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Silo_WithoutDashboard_HasNone()
    {
        var (http, _) = SiloProcess.FreePorts();
        await using var silo = await SiloProcess.StartWithAsync(folder.FullName, SiloProcess.FreePorts(), "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        (await StatusAsync(client, "/dashboard/")).ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
