using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Clients;

/// <summary>The documented examples in curl and C# run against a live silo; that in TypeScript does in
/// <see cref="TypeScriptClientTests"/>, beside the types that it needs.</summary>
public sealed class HttpExamplesTests(WebTown town) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("example-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public Task Curl_AsDocumented_OpensOneCase() =>
        HttpExamples.OpensAsync(
            town,
            environment => HttpExamples.RunAsync(folder.FullName, environment, "bash", "-euo", "pipefail", "-c", HttpExamples.Of("bash"))
        );

    [Fact]
    public async Task CSharp_AsDocumented_OpensOneCase()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "open.cs"),
            HttpExamples.Of("cs"),
            TestContext.Current.CancellationToken
        );
        await HttpExamples.OpensAsync(town, environment => HttpExamples.RunAsync(folder.FullName, environment, "dotnet", "run", "open.cs"));
    }
}
