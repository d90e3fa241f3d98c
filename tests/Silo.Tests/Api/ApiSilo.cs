using System.Globalization;
using System.Text.Json;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>A live silo with its API, for one class of tests.</summary>
public sealed class ApiSilo : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private SiloProcess process = null!;

    internal HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (http, _) = SiloProcess.FreePorts();
        process = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--http",
            http.ToString(CultureInfo.InvariantCulture)
        );
        Http = new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{http}")) };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    internal async Task<HttpResponseMessage> GetAsync(string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal Task<string> TextAsync(string path) =>
        Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    internal async Task<JsonElement> JsonAsync(string path) => JsonDocument.Parse(await TextAsync(path)).RootElement;
}
