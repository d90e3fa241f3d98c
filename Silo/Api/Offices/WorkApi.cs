using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Streams;
using TownReform.Silo.Identity;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace TownReform.Silo.Api.Offices;

/// <summary>Which work of an office to list; null means any.</summary>
internal sealed class WorkFilter
{
    /// <summary>Staff id of who has it in hand.</summary>
    [FromQuery(Name = "officer")]
    public string? Officer { get; init; }

    [FromQuery(Name = "step")]
    public string? Step { get; init; }

    [FromQuery(Name = "item")]
    public string? Item { get; init; }

    [FromQuery(Name = "colour")]
    public Named<ClockColour>? Colour { get; init; }

    /// <summary>Only what is overdue.</summary>
    [FromQuery(Name = "overdue")]
    public bool? Overdue { get; init; }

    /// <summary>True: what waits for somebody outside; false: what officers have to do.</summary>
    [FromQuery(Name = "waiting")]
    public bool? Waiting { get; init; }

    /// <summary>Only what somebody has in hand who is away on that day.</summary>
    [FromQuery(Name = "awayOn")]
    public DateOnly? AwayOn { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "take")]
    public int? Take { get; init; }

    public InboxQuery Query() =>
        new(
            Officer: Officer,
            Step: Step,
            Item: Item,
            Colour: Colour?.Value,
            Overdue: Overdue ?? false,
            Waiting: Waiting,
            AwayOn: AwayOn,
            After: Cursor,
            Take: Conventions.Cursor.Take(Take)
        );
}

/// <summary>The work of an office over HTTP: what lies there, what comes next, and that something has changed.</summary>
internal static class WorkApi
{
    private const string Event = "work";

    /// <summary>How often an office is looked at for all who watch it.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/offices/{office}/work", ListAsync)
            .WithName("ListWork")
            .WithSummary("Open work of an office (待办), most urgent first, with counts by the same filter")
            .Answers<InboxPage>()
            .InHeldWorlds();
        api.MapGet("/offices/{office}/next", NextAsync)
            .WithName("NextTask")
            .WithSummary("The task that you should do next: green channel first, then the nearest deadline (B9); 204 when there is none")
            .Answers<WorkItem>()
            .Produces(StatusCodes.Status204NoContent);
        api.MapGet("/offices/{office}/events", WatchAsync)
            .WithName("WatchWork")
            .WithSummary("Counts of an office's work as they change, as server-sent events")
            .AnswersEvents();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        Requester who,
        Desks desks,
        string office,
        [FromQuery] string? town,
        [AsParameters] WorkFilter filter
    )
    {
        var query = filter.Query();
        return (await desks.FindAsync(who, office, town)).IsRefused(out var refusal, out var desk)
            ? http.Refused(refusal)
            : http.Answer(await TownCalls.SendAsync(() => desk.Workplace.InboxAsync(query)));
    }

    private static async Task<IResult> NextAsync(HttpContext http, Requester who, Desks desks, string office)
    {
        if ((await desks.FindAsync(who, office, null)).IsRefused(out var refusal, out var desk))
        {
            return http.Refused(refusal);
        }

        return desk.Speaker is not { } speaker ? http.Refused(IdentityRefusals.NoOffice(office))
            : await TownCalls.AskAsync(() => desk.Workplace.NextAsync(speaker.Actor.Id)) is { } task ? TypedResults.Ok(task)
            : TypedResults.NoContent();
    }

    private static async Task<IResult> WatchAsync(
        HttpContext http,
        Requester who,
        Desks desks,
        TimeProvider time,
        IOptions<JsonOptions> json,
        string office,
        [FromQuery] string? town
    )
    {
        if ((await desks.FindAsync(who, office, town)).IsRefused(out var refusal, out var desk))
        {
            return http.Refused(refusal);
        }

        var options = json.Value.SerializerOptions;
        return new EventStream(
            Event,
            $"work/{desk.Key}",
            async (latest, end) =>
            {
                if (latest is not null)
                {
                    await Task.Delay(Between, time, end);
                }

                return (await TownCalls.SendAsync(() => desk.Workplace.InboxAsync(new InboxQuery(Take: 1)))).Value is { } page
                    ? Hashed(JsonSerializer.SerializeToUtf8Bytes(page.Counts, options))
                    : latest;
            },
            async () => (await desks.FindAsync(who, office, town)).Value is not null
        );
    }

    /// <summary>A state that is another when it says something else, on any silo.</summary>
    public static FeedState Hashed(byte[] data) => new(Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, 8)), data);
}
