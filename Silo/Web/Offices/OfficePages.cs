using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Offices;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Offices;

/// <summary>Pages of those who work: what waits at an office, and its cases.</summary>
internal static class OfficePages
{
    private static readonly Words NothingLeft = new(
        "没有可取的待办：您名下的都已办结，或在等待他人。",
        "Nothing is left to take: all of yours is done, or waits for others."
    );

    public static void Add(IServiceCollection services)
    {
        services.TryAddScoped<SpeakingAs>();
        services.AddScoped<OfficeDoor>();
        services.AddSingleton<CaseSubjects>();
        services.AddScoped<WorkRead>();
        services.AddScoped<CaseFileRead>();
        services.AddScoped<ActRead>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/o", static () => new SeeOther(IdentityPaths.Offices)).ExcludeFromDescription();
        var pages = app.MapGroup("/o/{office}").ExcludeFromDescription();
        pages.MapGet("", WorkAsync).InHeldWorlds();
        pages.MapGet("/next", NextAsync);
        pages.MapGet("/cases/{number}", CaseFileAsync).InHeldWorlds();
        pages.MapGet("/overdue", OverdueAsync).InHeldWorlds();
        pages.MapGet("/takings", TakingsAsync);
        PeoplePages.Map(pages);
        ActPages.Map(pages);
        BatchPages.Map(pages);
    }

    private static Task<IResult> WorkAsync(
        OfficeDoor door,
        WorkRead work,
        HttpContext http,
        string office,
        [AsParameters] WorkQuery query
    ) =>
        door.EnterAsync(
            http,
            office,
            // Nothing in a simulated world is the reader's own.
            room => ShowWorkAsync(work, http, room, room.IsHeld && query.Tab is null ? query with { Tab = "office" } : query, told: null)
        );

    private static Task<IResult> NextAsync(OfficeDoor door, WorkRead work, TownCalls town, HttpContext http, string office) =>
        door.EnterAsync(
            http,
            office,
            async room =>
                await TownCalls.AskAsync(() => room.WorkplaceGrain(town.Grains).NextAsync(room.Me)) is { } next
                    ? OfficeDoor.Go(room.Path($"/cases/{next.Case}"))
                    : await ShowWorkAsync(work, http, room, new WorkQuery(), NothingLeft)
        );

    private static Task<IResult> OverdueAsync(OfficeDoor door, WorkRead work, HttpContext http, string office) =>
        door.EnterAsync(
            http,
            office,
            async room => PageResults.Show<OverduePage, OverdueModel>(OfficeDoor.Context(http, room), await work.OverdueAsync(room))
        );

    private static Task<IResult> TakingsAsync(
        OfficeDoor door,
        TakingsRead takings,
        HttpContext http,
        string office,
        [FromQuery] string? day
    ) =>
        door.EnterAsync(
            http,
            office,
            async room =>
            {
                var isDay = DateOnly.TryParseExact(day, "O", out var asked);
                return await takings.ReadAsync(room.Speaker, isDay ? asked : null) is { } read
                    ? PageResults.Show<TakingsPage, TakingsModel>(
                        OfficeDoor.Context(http, room),
                        new(room.Path(), room.Name, read, IsFault: !isDay && !string.IsNullOrWhiteSpace(day))
                    )
                    : TypedResults.NotFound();
            }
        );

    private static async Task<IResult> ShowWorkAsync(WorkRead work, HttpContext http, OfficeRoom room, WorkQuery query, Words? told) =>
        (await work.ReadAsync(room, query)).IsRefused(out var refusal, out var model)
            ? OfficeDoor.Refused(refusal)
            : PageResults.Show<WorkPage, WorkModel>(OfficeDoor.Context(http, room), model with { Told = told });

    private static Task<IResult> CaseFileAsync(
        OfficeDoor door,
        CaseFileRead files,
        HttpContext http,
        string office,
        string number,
        [FromQuery] long? asOf,
        [FromQuery] long? done
    ) =>
        door.EnterAsync(
            http,
            office,
            async room =>
                (await files.ReadAsync(Requester.Of(http), room, number, asOf)).IsRefused(out var refusal, out var file)
                    ? OfficeDoor.Refused(refusal)
                    : PageResults.Show<CaseFilePage, CaseFileModel>(OfficeDoor.Context(http, room), Done(room, file, done))
        );

    // What has just happened is told by its record: an address can't be made up that says something else.
    private static CaseFileModel Done(OfficeRoom room, CaseFileModel file, long? done)
    {
        var record = file.History.FirstOrDefault(one => one.Version == done);
        if (record is null || record.Actor.Id != room.Me || file.IsPast)
        {
            return file;
        }

        var next =
            file.Case.Ending is not null ? new Words("案件已结束。", "The case has ended.")
            : file.Workplace is { } workplace
                ? new Words($"现由{workplace.Zh}办理：{file.State.Zh}。", $"It is now with {workplace.En}: {file.State.En}.")
            : new($"现环节：{file.State.Zh}。", $"It now stands at: {file.State.En}.");
        return file with
        {
            Told = new($"已办理：{record.Sentence.Zh}。{next.Zh}", $"Done: {record.Sentence.En}. {next.En}"),
            Next = room.Path("/next"),
            DraftDone = $"{file.Case.Number}-{record.Act}",
        };
    }
}
