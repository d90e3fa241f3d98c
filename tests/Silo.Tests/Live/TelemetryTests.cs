using System.Net;
using System.Text;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>What a silo as a process sends to a collector.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Silo_WithCollector_SendsItsMeasuresAndTraces()
    {
        var (port, _) = SiloProcess.FreePorts();
        using var collector = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        collector.Start();
        await using var silo = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--otlp",
            $"http://127.0.0.1:{port}"
        );
        HashSet<string> wanted = ["/v1/metrics townreform.journal.commit.duration", "/v1/metrics orleans-", "/v1/traces townreform"];
        await Eventually.HoldsAsync(
            "the collector has measures and traces",
            async () =>
            {
                var request = await collector.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
                var (path, text) = (request.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray()));
                wanted.RemoveWhere(want =>
                    want.Split(' ') is [var at, var holds] && at == path && text.Contains(holds, StringComparison.Ordinal)
                );
                request.Response.Close();
                return wanted.Count == 0;
            }
        );

        (await silo.StopAsync()).ShouldBe(0);
    }
}
