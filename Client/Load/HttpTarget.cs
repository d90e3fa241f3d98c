using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using TownReform.Silo.Identity;

namespace TownReform.Client.Load;

/// <summary>Through the API, as programs of parties and of offices: each call to the next of the silos, so that what is sent again comes to
/// another one.</summary>
/// <param name="silos">Addresses of their HTTP ports.</param>
internal sealed class HttpTarget(IReadOnlyList<Uri> silos, LoadKeys keys) : ILoadTarget
{
    /// <summary>A case that waits for its certificate is looked at so often.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) });
    private int turn;
    private int party;

    public string NewParty() => keys.Parties[(int)((uint)Interlocked.Increment(ref party) % (uint)keys.Parties.Length)];

    public Task<Answered> OpenAsync(OpenCase command) =>
        SendAsync(
            command.Stamp,
            $"towns/{command.Town}/cases",
            new
            {
                procedure = command.Procedure,
                item = command.Subject,
                party = command.Party,
                green = command.Green,
                fields = Fields(command.Fields),
            },
            null
        );

    public Task<Answered> ActAsync(string number, ActOnCase command) =>
        SendAsync(command.Stamp, $"cases/{number}/acts/{command.Act}", new { fields = Fields(command.Fields) }, command.AtVersion);

    public async Task<Outcome<CaseView>> WatchAsync(string number, long after)
    {
        await Task.Delay(Between);
        using var request = new HttpRequestMessage(HttpMethod.Get, At($"cases/{number}"));
        request.Headers.Authorization = new("Bearer", keys.Party);
        using var answer = await http.SendAsync(request);
        return await ReadAsync(answer);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return keys.DisposeAsync();
    }

    private async Task<Answered> SendAsync(Stamp stamp, string path, object body, long? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(path))
        {
            Content = JsonContent.Create(body, body.GetType(), options: Json),
        };
        request.Headers.Authorization = new("Bearer", stamp.Actor.Office == Actor.Public ? keys.Party : keys.Staff[stamp.Actor.Id]);
        request.Headers.Add("Idempotency-Key", stamp.CommandId.ToString());
        if (seen is { } version)
        {
            request.Headers.Add("If-Match", $"\"{version.ToString(CultureInfo.InvariantCulture)}\"");
        }

        using var answer = await http.SendAsync(request);
        var outcome = await ReadAsync(answer);
        return new(outcome, answer.Headers.TryGetValues("Command-Id", out var id) ? Guid.Parse(id.First()) : stamp.CommandId);
    }

    // What says no gives its code; anything else that isn't done is taken for no answer, and sent again.
    private static async Task<Outcome<CaseView>> ReadAsync(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Content.ReadFromJsonAsync<CaseView>(Json))!;
        }

        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return Busy.After(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return problem.TryGetProperty("code", out var code)
            ? new Refusal(
                (RefusalCode)code.GetInt32(),
                problem.GetProperty("clause").GetString()!,
                problem.GetProperty("because").Deserialize<Words>(Json)!,
                [.. problem.GetProperty("facts").Deserialize<Fact[]>(Json)!]
            )
            : throw new HttpRequestException($"{(int)answer.StatusCode} {problem}", null, answer.StatusCode);
    }

    private Uri At(string path) => new(silos[(int)((uint)Interlocked.Increment(ref turn) % (uint)silos.Count)], $"/api/v1/{path}");

    private static Dictionary<string, string> Fields(IEnumerable<Field> fields) =>
        fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
}
