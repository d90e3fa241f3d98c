using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>The people of an office, and leave, which its head records.</summary>
internal static class PeoplePages
{
    public static void Map(IEndpointRouteBuilder office)
    {
        office.MapGet("/people", ShowAsync).InHeldWorlds();
        office.MapPost("/people", TakeLeaveAsync).DisableAntiforgery();
    }

    private static Task<IResult> ShowAsync(OfficeDoor door, TownCalls town, HttpContext http, string office, [FromQuery] string? done) =>
        door.EnterAsync(
            http,
            office,
            async room => await PageAsync(http, town, room, new LeaveForm(FormCommand.New()), StatusCodes.Status200OK, done)
        );

    private static async Task<IResult> TakeLeaveAsync(OfficeDoor door, TownCalls town, HttpContext http, string office)
    {
        var sent = await SentForm.ReadAsync(http);
        return await door.EnterAsync(
            http,
            office,
            async room =>
            {
                var command = FormCommand.Of(sent.Form);
                var leave = new LeaveForm(
                    Command: command ?? FormCommand.New(),
                    Person: sent[LeaveForm.PersonName],
                    From: sent[LeaveForm.FromName],
                    Until: sent[LeaveForm.UntilName]
                );
                if (!sent.IsOurs || command is null)
                {
                    return await PageAsync(http, town, room, leave with { Told = SentForm.Aged }, StatusCodes.Status422UnprocessableEntity);
                }

                if (leave.Days(out var faults) is not { } days || !IsThere(room, leave.Person, ref faults))
                {
                    return await PageAsync(http, town, room, leave with { Faults = faults }, StatusCodes.Status422UnprocessableEntity);
                }

                var id = new IdempotencyKey(command.Key).CommandOf(Requester.Of(http).AccountId!);
                var taken = await TownCalls.SendAsync(() =>
                    town.Staff(room.Speaker.Town!, leave.Person).TakeLeaveAsync(new TakeLeave(room.Stamp(id), days.From, days.Until))
                );
                return taken.IsRefused(out var refusal, out _)
                    ? await PageAsync(http, town, room, Again(leave, refusal), RefusalStatus.Of(refusal.Code))
                    : OfficeDoor.Go(room.Path($"/people?done={Uri.EscapeDataString(leave.Person)}"));
            }
        );
    }

    // Whoever sends it again sends another command; nothing was recorded under this one where the town was busy.
    private static LeaveForm Again(LeaveForm leave, Refusal refusal) =>
        leave with
        {
            Refusal = refusal,
            Command = refusal.Code == RefusalCode.Busy ? leave.Command : FormCommand.New(),
        };

    private static bool IsThere(OfficeRoom room, string person, ref ImmutableArray<(string Name, Words Fault)> faults)
    {
        var isThere = room.Towns[0].People.Any(known => known.Id == person && known.Office == room.Code);
        if (!isThere)
        {
            faults = faults.Insert(0, (LeaveForm.PersonName, new("请选择本机构的人员", "Choose somebody of this office")));
        }

        return isThere;
    }

    private static async Task<IResult> PageAsync(
        HttpContext http,
        TownCalls town,
        OfficeRoom room,
        LeaveForm leave,
        int status,
        string? done = null
    )
    {
        if (room.IsOfCounty)
        {
            return TypedResults.NotFound();
        }

        var people = await PeopleAsync(town, room);
        var model = new PeopleModel
        {
            Path = room.Path(),
            Office = room.Name,
            Today = room.Today,
            People = people,
            Leave = AccessRules.IsSuperior(room.Speaker) ? leave : null,
            Told = people.Any(person => person.Id == done) ? new($"{done} 的休假已登记。", $"The leave of {done} is recorded.") : null,
        };
        return PageResults.Show<PeoplePage, PeopleModel>(OfficeDoor.Context(http, room), model, status);
    }

    private static async Task<ImmutableArray<OfficePerson>> PeopleAsync(TownCalls town, OfficeRoom room)
    {
        var workplace = room.WorkplaceGrain(town.Grains);
        var inHand = (await TownCalls.SendAsync(() => workplace.InboxAsync(new InboxQuery(Waiting: false, Take: 1)))).Value;
        var tasks = (inHand?.Counts.Officers ?? []).ToDictionary(one => one.Code, one => one.Count);
        var read = await Task.WhenAll(
            room.Towns[0]
                .People.Where(person => person.Office == room.Code)
                .Select(person => TownCalls.SendAsync(() => town.Staff(room.Speaker.Town!, person.Id).ReadAsync()))
        );
        return
        [
            .. read.Select(answer => answer.Value)
                .OfType<StaffFacts>()
                .OrderBy(person => person.Id, StringComparer.Ordinal)
                .Select(person => new OfficePerson(
                    person.Id,
                    RoleWords.NamesOf(string.Join(" | ", person.Roles)),
                    [.. person.Certificates.Where(one => room.Today <= one.ValidUntil).Select(one => TermWords.Certificate(one.Code))],
                    tasks.GetValueOrDefault(person.Id),
                    [
                        .. person
                            .Absences.Where(absence => room.Today <= absence.Until)
                            .OrderBy(absence => absence.From)
                            .Select(absence => new TimeAway(absence, absence.To is { } to ? room.NamesOf("").Office(to) : null)),
                    ]
                )),
        ];
    }
}
