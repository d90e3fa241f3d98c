using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api.Cases;

/// <summary>Cases over HTTP: open, look, act, follow. Whoever has nothing to do with a case is told that there is none.</summary>
internal static class CasesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        MapOpening(api);
        MapReading(api);
        MapWatching(api);
        MapActing(api);
    }

    private static void MapOpening(IEndpointRouteBuilder api)
    {
        api.MapPost("/towns/{town}/cases", CaseCommands.OpenAsync)
            .WithName("OpenCase")
            .WithSummary("Opens a case (收件); the town gives it its number")
            .Answers<CaseView>(StatusCodes.Status201Created)
            .WithTag(StatusCodes.Status201Created)
            .WithMetadata(new AnsweredHeader(StatusCodes.Status201Created, "Location", "Address of the case."))
            .TakesJson();
        api.MapPost("/towns/{town}/cases/preview", CaseCommands.ForeseeOpeningAsync)
            .WithName("PreviewOpening")
            .WithSummary("What opening a case would lead to; nothing of it is recorded")
            .Answers<CaseOutlook>()
            .TakesJson();
    }

    private static void MapReading(IEndpointRouteBuilder api)
    {
        api.MapGet("/cases", CaseLists.ListAsync)
            .WithName("ListCases")
            .WithSummary("Cases that you may know of, newest first")
            .Answers<CaseList>()
            .InHeldWorlds();
        api.MapGet("/cases/{number}", CaseReads.CaseAsync)
            .WithName("GetCase")
            .WithSummary("A case as it stands, or as it stood at an earlier moment")
            .Answers<CaseView>()
            .WithTag()
            .InHeldWorlds();
        api.MapGet("/cases/{number}/records", CaseReads.RecordsAsync)
            .WithName("GetRecords")
            .WithSummary("What happened on a case (办理经过), refusals included, above a version; at most 500 records at a time")
            .Answers<CaseHistory>()
            .InHeldWorlds();
        api.MapGet("/cases/{number}/clock", CaseReads.ClockAsync)
            .WithName("GetClock")
            .WithSummary("The limits of a case with every day and what it counts for")
            .Answers<ClockDays>()
            .InHeldWorlds();
        api.MapGet("/cases/{number}/acts", CaseReads.ActsAsync)
            .WithName("GetActs")
            .WithSummary("What you may do with a case now, and why not the rest (为什么不能办); nothing of it is recorded")
            .Answers<AskedActs>()
            .InHeldWorlds();
    }

    private static void MapWatching(IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{number}/events", CaseEvents.WatchAsync)
            .WithName("WatchCase")
            .WithSummary("A case as it goes on, as server-sent events; the id of each is the version")
            .AnswersEvents();

    private static void MapActing(IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{number}/acts/{act}", CaseCommands.ActAsync)
            .WithName("Act")
            .WithSummary("Does an act; what the law refuses stands on the record")
            .Answers<CaseView>()
            .WithTag()
            .TakesJson();
        api.MapPost("/cases/{number}/acts/{act}/preview", CaseCommands.ForeseeAsync)
            .WithName("PreviewAct")
            .WithSummary("What an act would lead to; nothing of it is recorded")
            .Answers<CaseOutlook>()
            .TakesJson();
    }
}
