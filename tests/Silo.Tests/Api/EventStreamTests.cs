using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Api.Streams;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Api;

/// <summary>Server-sent events of a live silo.</summary>
public sealed class EventStreamTests(SignedInSilo silo) : IClassFixture<SignedInSilo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_ThatGoesOn_IsToldVersionByVersion()
    {
        var view = await silo.OpenAsync("C-WATCH");
        var party = silo.Party("C-WATCH");
        using var stream = await Stream.OpenAsync(silo, party, $"/api/v1/cases/{view.Number}/events");
        (await stream.LineAsync()).ShouldBe("retry: 2000");
        (await stream.NextAsync()).ShouldBe(("1", "case"));
        await ActAsync(view, "accept");
        (await stream.NextAsync()).ShouldBe(("2", "case"));
        stream.Data.GetProperty("step").GetString().ShouldBe("review");

        using var later = await Stream.OpenAsync(silo, party, $"/api/v1/cases/{view.Number}/events", "1");
        (await later.NextAsync()).ShouldBe(("2", "case"));
        Feeds.WatchersOf($"case/{view.Number}").ShouldBe(2, "one poller serves all who watch the same case");
    }

    [Fact]
    public async Task Case_ThatHasEnded_EndsItsStream()
    {
        var view = await silo.OpenAsync("C-ENDED");
        var party = silo.Party("C-ENDED");
        using var stream = await Stream.OpenAsync(silo, party, $"/api/v1/cases/{view.Number}/events");
        (await stream.NextAsync()).Id.ShouldBe("1");
        await ActAsync(view, "decline", new { fields = new { reason = "x" } });
        (await stream.NextAsync()).Id.ShouldBe("2");
        (await stream.LineAsync()).ShouldBeNull();
        using var again = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}/events", ("Last-Event-ID", "2"));
        again.StatusCode.ShouldBe(HttpStatusCode.NoContent, "an event source doesn't come again after it");
    }

    [Fact]
    public async Task Case_OfSomebodyElse_HasNoStream()
    {
        var view = await silo.OpenAsync("C-OTHERS");
        using var answer = await silo.GetAsync(silo.Party("C-NOT-THEIRS"), $"/api/v1/cases/{view.Number}/events");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Streams_OfAnAccount_AreFourAtMost()
    {
        var view = await silo.OpenAsync("C-MANY");
        var party = silo.Party("C-MANY");
        var open = new List<Stream>();
        for (var n = 0; n < StreamPlaces.OfAccount; n++)
        {
            open.Add(await Stream.OpenAsync(silo, party, $"/api/v1/cases/{view.Number}/events"));
        }

        using var fifth = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}/events");
        fifth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        open.ForEach(stream => stream.Dispose());
        await Eventually.HoldsAsync(
            "places are given back",
            async () =>
            {
                using var answer = await silo.GetAsync(party, $"/api/v1/cases/{view.Number}/events");
                return answer.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(30)
        );
    }

    [Fact]
    public async Task Office_WithNewWork_IsTold()
    {
        var view = await silo.OpenAsync("C-OFFICE");
        using var stream = await Stream.OpenAsync(
            silo,
            silo.Staff("yandian", view.Officers[0]),
            "/api/v1/offices/government-service/events"
        );
        (await stream.NextAsync()).Name.ShouldBe("work");
        var before = stream.Data.GetProperty("total").GetInt32();
        await silo.OpenAsync("C-OFFICE-2");
        do
        {
            await stream.NextAsync();
        } while (stream.Data.GetProperty("total").GetInt32() <= before);
    }

    [Fact]
    public async Task Streams_OfASiloThatStops_EndAtOnce()
    {
        var own = new SignedInSilo();
        await own.InitializeAsync();
        using var board = await Stream.OpenAsync(own, null, "/api/v1/board/yandian/events");
        (await board.NextAsync()).Name.ShouldBe("board");
        var begun = Stopwatch.GetTimestamp();
        var stopping = own.DisposeAsync();
        await board.RestAsync();
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await stopping;
    }

    private Feeds Feeds => silo.Services.GetRequiredService<Feeds>();

    private async Task ActAsync(CaseView view, string act, object? body = null)
    {
        var officer = silo.Staff("yandian", view.Officers[0]);
        using var answer = await silo.PostAsync(officer, $"/api/v1/cases/{view.Number}/acts/{act}", body ?? new { }, SignedInSilo.Fresh());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>A stream as a client reads it.</summary>
    private sealed class Stream(HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        public JsonElement Data { get; private set; }

        public static async Task<Stream> OpenAsync(SignedInSilo silo, string? account, string path, string? last = null)
        {
            var answer = await silo.GetAsync(account, path, last is null ? [] : [("Last-Event-ID", last)]);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(Stop)));
        }

        public async Task<string?> LineAsync()
        {
            string? line;
            do
            {
                line = await reader.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);
            } while (line is "" or ":");
            return line;
        }

        public async Task<(string Id, string Name)> NextAsync()
        {
            var (id, name) = ("", "");
            while (await LineAsync() is { } line)
            {
                var (field, value) = (
                    line[..line.IndexOf(':', StringComparison.Ordinal)],
                    line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
                );
                switch (field)
                {
                    case "id":
                        id = value;
                        break;
                    case "event":
                        name = value;
                        break;
                    case "data":
                        Data = JsonDocument.Parse(value).RootElement;
                        return (id, name);
                }
            }

            throw new InvalidOperationException("The stream has ended.");
        }

        public async Task RestAsync()
        {
            while (await LineAsync() is not null) { }
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
        }
    }
}
