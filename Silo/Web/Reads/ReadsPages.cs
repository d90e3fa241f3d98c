using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Api.Reads;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.My;
using TownReform.Silo.Web.Offices;

namespace TownReform.Silo.Web.Reads;

/// <summary>Who has read which file: for the party of a case, for an office, for auditors.</summary>
internal static class ReadsPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/my/cases/{number}/readers", OfCaseAsync).AddEndpointFilter(PartyDoor.LetInAsync);
        pages.MapGet("/o/{office}/reads", OfOfficeAsync);
        pages.MapGet("/audit/reads", OfTownAsync).ForSignedIn(AccountKind.Auditor);
    }

    private static async Task<IResult> OfCaseAsync(
        HttpContext http,
        Requester who,
        ReadLists lists,
        TownCalls town,
        string number,
        [AsParameters] TypedDays days
    ) =>
        (await lists.OfCaseAsync(who, number, days.Read())).IsRefused(out var refusal, out var found)
            ? OfficeDoor.Refused(refusal)
            : PageResults.Show<ReadsPage, ReadsModel>(
                PageContexts.WithForms(http),
                new ReadsModel(
                    new($"谁查看过案卷 {number}", $"Who has read the file of {number}"),
                    new(
                        "列出查看过本案卷、材料和文书的机构、时间和事由。您本人的查看不列入；同一人十分钟内重复查看同一内容，只记一次。",
                        "Which offices have read this file, its papers and documents, when and what for. Your own reading isn't listed; "
                            + "whoever reads the same again within ten minutes is listed once."
                    ),
                    new(MyCaseModel.PathOf(number), new(number, number)),
                    found,
                    await ZoneAsync(town)
                )
                {
                    IsOfOneCase = true,
                    IsOfParty = true,
                }
            );

    private static Task<IResult> OfOfficeAsync(
        HttpContext http,
        OfficeDoor door,
        ReadLists lists,
        string office,
        [AsParameters] TypedDays days
    ) =>
        door.EnterAsync(
            http,
            office,
            async room =>
                (await lists.OfOfficeAsync(room.Speaker, days.Read())).IsRefused(out var refusal, out var found)
                    ? OfficeDoor.Refused(refusal)
                    : PageResults.Show<ReadsPage, ReadsModel>(OfficeDoor.Context(http, room), OfRoom(room, found))
        );

    private static ReadsModel OfRoom(OfficeRoom room, ReadsResource found) =>
        new(
            new($"阅卷记录 · {room.Name.Zh}", $"Files read · {room.Name.En}"),
            AccessRules.IsSuperior(room.Speaker)
                ? new("本机构人员查看案卷的记录。", "What the people of this office have read.")
                : new("您以本机构名义查看案卷的记录。", "What you have read from this office."),
            new(room.Path("/people"), new("人员", "People")),
            found,
            room.Zone,
            room.Path("/cases/")
        );

    private static async Task<IResult> OfTownAsync(
        HttpContext http,
        ReadLists lists,
        TownCalls town,
        [FromQuery(Name = "town")] string? code,
        [FromQuery] string? office,
        [AsParameters] TypedDays days
    )
    {
        var towns = await TownsRead.AllAsync(town.Grains);
        var directory = towns.FirstOrDefault(one => one.Town == code) ?? towns[0];
        var from = directory.Offices.Any(one => one.Code == office) || office is NoteRead.Audit or Actor.Public ? office : null;
        if ((await lists.OfTownAsync(directory.Town, from, days.Read())).IsRefused(out var refusal, out var found))
        {
            return OfficeDoor.Refused(refusal);
        }

        var model = new ReadsModel(
            new("阅卷记录", "Files read"),
            new("谁、何时、从哪个机构查看过本镇案卷，以及事由。", "Who has read files of this town, when, from which office and what for."),
            new("/audit", new("审计", "Audit")),
            found,
            directory.TimeZone,
            "/audit/cases/"
        )
        {
            Choice = new(directory.Town, from, [.. towns.Select(one => new PageLink(one.Town, one.Name))], Offices(directory)),
        };
        return PageResults.Show<ReadsPage, ReadsModel>(PageContexts.WithForms(http), model);
    }

    private static PageLink[] Offices(TownDirectory town) =>
        [
            .. town.Offices.Select(one => new PageLink(one.Code, one.Name)),
            new(NoteRead.Audit, new("审计", "Audit")),
            new(Actor.Public, new("代理人、接入系统", "Agents and programs")),
        ];

    private static async Task<string> ZoneAsync(TownCalls town) => (await TownsRead.AllAsync(town.Grains))[0].TimeZone;
}

/// <summary>Days as people type them; what is none is left out, and the page shows the days that it took.</summary>
internal sealed class TypedDays
{
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    public ReadDays Read() => new() { From = Day(From), Until = Day(Until) };

    private static DateOnly? Day(string? typed) => typed is not null && PageDates.TryRead(typed, out var day) ? day : null;
}
