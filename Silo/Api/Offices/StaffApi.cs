using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Staff;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web;

namespace TownReform.Silo.Api.Offices;

/// <summary>Planned or taken leave; both days count.</summary>
internal sealed record LeaveRequest(DateOnly From, DateOnly Until);

/// <summary>A town's people over HTTP, for colleagues of their office and those above them.</summary>
internal static class StaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/staff/{id}", ReadAsync)
            .WithName("GetStaff")
            .WithSummary("Somebody of the town's staff: office, roles, certificates, absences")
            .Answers<StaffFacts>()
            .InHeldWorlds();
        api.MapPost("/staff/{id}/leave", LeaveAsync)
            .WithName("TakeLeave")
            .WithSummary("Records a leave (休假), approved by whoever is above them")
            .Answers<StaffFacts>()
            .TakesJson();
    }

    private static async Task<IResult> ReadAsync(HttpContext http, Requester who, SpeakingAs speaking, TownCalls town, string id) =>
        town.Held is not null ? await SimulatedAsync(http, town, id)
        : (await PersonAsync(who, speaking, town, id, KeyScopes.Read)).IsRefused(out var refusal, out var found) ? http.Refused(refusal)
        : TypedResults.Ok(found.Person);

    // Nobody of a simulated world is real; whoever looks into it sees them all.
    private static async Task<IResult> SimulatedAsync(HttpContext http, TownCalls town, string id)
    {
        var home = (await TownsRead.AllAsync(town.Grains)).FirstOrDefault(one => one.People.Any(person => person.Id == id));
        return home is null || (await TownCalls.SendAsync(() => town.Staff(home.Town, id).ReadAsync())).IsRefused(out _, out var person)
            ? http.Refused(StaffRefusals.Unknown(id))
            : TypedResults.Ok(person);
    }

    private static async Task<IResult> LeaveAsync(
        HttpContext http,
        Requester who,
        IdempotencyKey key,
        SpeakingAs speaking,
        TownCalls town,
        ITownClock clock,
        string id,
        [FromBody] LeaveRequest leave
    )
    {
        if ((await PersonAsync(who, speaking, town, id, KeyScopes.ActForOffice)).IsRefused(out var refusal, out var found))
        {
            return http.Refused(refusal);
        }

        var stamp = new Stamp(key.CommandOf(who.AccountId!), found.Speaker.Actor, await clock.NowAsync());
        var command = new TakeLeave(stamp, leave.From, leave.Until);
        return http.AnswerCommand(await TownCalls.SendAsync(() => town.Staff(found.Person.Town, found.Person.Id).TakeLeaveAsync(command)));
    }

    // Of other offices, and of other towns, nobody learns who works there.
    private static async Task<Outcome<Found>> PersonAsync(Requester who, SpeakingAs speaking, TownCalls town, string id, KeyScopes scope)
    {
        if (!who.May(scope))
        {
            return IdentityRefusals.OutsideScope(scope);
        }

        if ((await speaking.OfficeAsync(who, null)).IsRefused(out var refusal, out var speaker))
        {
            return refusal;
        }

        return
            speaker.Town is { } home
            && (await TownCalls.SendAsync(() => town.Staff(home, id).ReadAsync())).Value is { } person
            && (person.Organ == speaker.Actor.Office || AccessRules.IsSuperior(speaker))
            ? new Found(speaker, person)
            : StaffRefusals.Unknown(id);
    }

    private sealed record Found(Speaker Speaker, StaffFacts Person);
}
