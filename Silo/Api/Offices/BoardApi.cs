using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Streams;

namespace TownReform.Silo.Api.Offices;

/// <summary>A town at a glance (运行看板): figures only, nothing of persons.</summary>
/// <param name="AsOf">The moment of the figures.</param>
internal sealed record Board(string Town, DateTimeOffset AsOf, BoardFigures Figures);

/// <summary>What a board shows.</summary>
/// <param name="Cases">All cases by procedure and how they stand.</param>
/// <param name="Offices">The open work of each office that has any.</param>
internal sealed record BoardFigures(ImmutableArray<CaseTotal> Cases, ImmutableArray<BoardOffice> Offices);

/// <summary>The open work of an office.</summary>
/// <param name="Waiting">Waits for somebody outside.</param>
/// <param name="Unassigned">Officers are to do it, and nobody has it.</param>
internal sealed record BoardOffice(string Office, Words Name, int Open, int Waiting, int Unassigned, ImmutableArray<ColourCount> Colours);

/// <summary>The board over HTTP; anybody may look.</summary>
internal static class BoardApi
{
    private const string Event = "board";

    /// <summary>How often the town is looked at for all who watch it.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/board/{town}", ReadAsync)
            .WithName("GetBoard")
            .WithSummary("A town at a glance (运行看板)")
            .Answers<Board>()
            .InHeldWorlds();
        api.MapGet("/board/{town}/events", Watch)
            .WithName("WatchBoard")
            .WithSummary("The board as it changes, as server-sent events")
            .AnswersEvents();
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        SeedLibrary seeds,
        CaseTotals totals,
        TownCalls calls,
        ITownClock clock,
        string town
    ) =>
        seeds.Towns.ContainsKey(town)
            ? TypedResults.Ok(new Board(town, await clock.NowAsync(), await FiguresAsync(seeds, totals, calls, town)))
            : http.Refused(TownRefusals.Unknown(town));

    private static IResult Watch(
        HttpContext http,
        SeedLibrary seeds,
        CaseTotals totals,
        TownCalls calls,
        TimeProvider time,
        IOptions<JsonOptions> json,
        string town
    )
    {
        var options = json.Value.SerializerOptions;
        return !seeds.Towns.ContainsKey(town)
            ? http.Refused(TownRefusals.Unknown(town))
            : new EventStream(
                Event,
                $"board/{town}",
                async (latest, end) =>
                {
                    if (latest is not null)
                    {
                        await Task.Delay(Between, time, end);
                    }

                    return WorkApi.Hashed(JsonSerializer.SerializeToUtf8Bytes(await FiguresAsync(seeds, totals, calls, town), options));
                },
                static () => Task.FromResult(true)
            );
    }

    private static async Task<BoardFigures> FiguresAsync(SeedLibrary seeds, CaseTotals counted, TownCalls calls, string town)
    {
        var totals = await counted.OfAsync(calls);
        var offices = await Task.WhenAll(
            seeds
                .Towns[town]
                .Organs.Select(async organ =>
                {
                    var bureau = calls.Bureau(town, organ.Code);
                    var page = await TownCalls.SendAsync(() => bureau.InboxAsync(new InboxQuery(Take: 1)));
                    return page.Value is { Counts: { Total: > 0 } counts }
                        ? new BoardOffice(organ.Code, organ.Name, counts.Total, counts.Waiting, counts.Unassigned, counts.Colours)
                        : null;
                })
        );
        return new([.. totals.Where(total => total.Town == town)], [.. offices.OfType<BoardOffice>()]);
    }
}
