using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using TownReform.Grains.Seeds;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Tests.Api;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>Two silos with HTTP on one PostgreSQL, and a process beside them that serves the web alone.</summary>
public sealed class WebCluster : IAsyncLifetime
{
    internal const string Password = "seven quiet herons at noon";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("web");
    private readonly PrivatePostgres server = new();
    private readonly SiloProcess?[] silos = new SiloProcess?[2];
    private readonly (int Silo, int Gateway)[] ports = [SiloProcess.FreePorts(), SiloProcess.FreePorts()];
    private readonly int[] https = [SiloProcess.FreePorts().Silo, SiloProcess.FreePorts().Silo];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private SiloProcess? web;
    private LoadKeys keys = null!;
    private int lastParty = -1;

    internal string Connection { get; private set; } = "";

    internal string Seeds { get; private set; } = "";

    internal int WebPort { get; private set; }

    internal int PortOf(int silo) => https[silo];

    internal SiloProcess Silo(int n) => silos[n]!;

    public async ValueTask InitializeAsync()
    {
        Seeds = Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), Path.Combine(folder.FullName, "seeds"));
        Connection = await server.NewDatabaseAsync();
        await Task.WhenAll(StartAsync(0), StartAsync(1));
        keys = await LoadKeys.IssueAsync(null, Connection, SeedLoader.Load(Seeds).Towns.Values, "web", TimeProvider.System);
        await using var accounts = AccountDatabase.OnPostgres(Connection);
        var officer = new Account("a1", AccountKind.Staff, "reviewer", new("审查员", "Reviewer"), Town: "yandian", Staff: "YD-024");
        var hash = await new Passwords().HashAsync(Password);
        (await new AccountStore(accounts).AddAsync(officer, hash, mustChange: false, TimeProvider.System.GetUtcNow())).ShouldBeTrue();
        await StartWebAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var process in silos.Append(web))
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        if (keys is not null)
        {
            await keys.DisposeAsync();
        }

        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private string[] OnPostgres => ["--storage", "postgres", "--connection", Connection];

    private static string[] Plenty => ["--requests-per-minute", "60000"];

    /// <summary>Starts a silo, or starts it again.</summary>
    internal async Task StartAsync(int n) =>
        silos[n] = await SiloProcess.StartInClusterAsync(
            Connection,
            ports[n],
            Seeds,
            ["--http", https[n].ToString(CultureInfo.InvariantCulture), .. Plenty]
        );

    /// <summary>Starts the web process, or starts it again, at a port that is free now: one chosen earlier may be taken by then.</summary>
    internal async Task StartWebAsync()
    {
        WebPort = SiloProcess.FreePorts().Silo;
        web = await SiloProcess.StartWebAsync(WebPort, Seeds, [.. OnPostgres, .. Plenty]);
    }

    /// <summary>Stops the web process as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    internal Task<int> StopWebAsync() => web!.StopAsync();

    /// <summary>A party that nobody else is.</summary>
    internal string NextParty() => keys.Parties[Interlocked.Increment(ref lastParty)];

    internal string PartysKey => keys.Party;

    internal string StaffKey(string id) => keys.Staff[id];

    /// <summary>Asks at a port, with somebody's key.</summary>
    internal async Task<HttpResponseMessage> SendAsync(int port, Sent sent)
    {
        using var request = new HttpRequestMessage(
            sent.Body is null ? HttpMethod.Get : HttpMethod.Post,
            $"http://127.0.0.1:{port}{sent.Path}"
        );
        request.Headers.Add("Accept-Language", "en");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sent.By);
        if (sent.Body is not null)
        {
            request.Headers.Add("Idempotency-Key", sent.Key);
            request.Content = JsonContent.Create(sent.Body, sent.Body.GetType());
        }

        foreach (var (name, value) in sent.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends at the first of the ports, and at the next under the same key until somebody answers.</summary>
    internal async Task<(CaseView Case, int Tries)> InsistAsync(Sent sent, params int[] at)
    {
        var tries = 0;
        var answered = await Eventually.GivesAsync(
            $"{sent.Path} is answered",
            async () =>
            {
                var port = at[tries++ % at.Length];
                try
                {
                    using var answer = await SendAsync(port, sent);
                    if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    {
                        return null;
                    }

                    var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    answer.IsSuccessStatusCode.ShouldBeTrue($"{sent.Path} at {port}: {answer.StatusCode} {text}");
                    return JsonDocument.Parse(text).RootElement.Case();
                }
                catch (HttpRequestException)
                {
                    // The silo is gone, or went while it answered.
                    return null;
                }
            },
            TimeSpan.FromSeconds(90)
        );
        return (answered, tries);
    }

    /// <summary>Opens a permit.</summary>
    internal Sent Opening(string party) => new(PartysKey, "/api/v1/towns/yandian/cases", SignedInSilo.Opening(party), SignedInSilo.Fresh());

    /// <summary>An act of the officer who has the case.</summary>
    internal Sent Act(CaseView view, string act) =>
        new(StaffKey(view.Officers[0]), $"/api/v1/cases/{view.Number}/acts/{act}", new { }, SignedInSilo.Fresh());

    /// <summary>A count of the record, in SQL.</summary>
    internal async Task<long> CountAsync(string query)
    {
        await using var source = NpgsqlDataSource.Create(Connection);
#pragma warning disable CA2100 // The queries are constants of the tests.
        await using var command = source.CreateCommand(query);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}

/// <summary>A request that can be sent again as it is.</summary>
/// <param name="By">Whose API key.</param>
/// <param name="Body">Null: it reads.</param>
internal sealed record Sent(string By, string Path, object? Body = null, string? Key = null)
{
    public (string Name, string Value)[] Headers { get; init; } = [];
}

/// <summary>Events of a stream, as a client reads them.</summary>
internal sealed class EventLines(HttpResponseMessage answer, StreamReader reader) : IDisposable
{
    public static async Task<EventLines> OpenAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Id of the next event; null when the stream has broken or ended.</summary>
    public async Task<string?> NextAsync()
    {
        try
        {
            string? id = null;
            while (
                await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)) is { } line
            )
            {
                id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return id;
                }
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // Its silo was killed.
        }

        return null;
    }

    public void Dispose()
    {
        reader.Dispose();
        answer.Dispose();
    }
}
