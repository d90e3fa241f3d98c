using System.Collections.Immutable;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Offices;

/// <summary>Somebody at work for an office: as whom, where and when.</summary>
/// <param name="Code">Code of the office, as it stands in the address.</param>
/// <param name="Towns">The town of an organ; all towns below a department.</param>
/// <param name="Now">By the silo's clock.</param>
internal sealed record OfficeRoom(Speaker Speaker, string Code, ImmutableArray<TownDirectory> Towns, DateTimeOffset Now)
{
    /// <summary>Heads the organ, or stands in for its head: sees all of its work.</summary>
    private static readonly string[] Leading = ["head", "deputy"];

    /// <summary>World in which the office is; in any but the live one it is only looked into.</summary>
    public string World { get; init; } = Address.Live;

    public string Me => Speaker.Actor.Id;

    public Words Name => Speaker.Office ?? new(Code, Code);

    public bool IsOfCounty => Speaker.County is not null;

    public bool IsHead => Speaker.Roles.Any(Leading.Contains);

    /// <summary>Key of the workplace, without the world.</summary>
    public string Workplace => $"{Speaker.Town ?? Speaker.County}/{Code}";

    public string Zone => Towns[0].TimeZone;

    public DateOnly Today => PageDates.DayOf(Now, Zone);

    /// <summary>Address of a page of this office.</summary>
    public string Path(string rest = "") =>
        World == Address.Live
            ? $"/o/{Uri.EscapeDataString(Code)}{rest}"
            : $"/worlds/{World}/{Speaker.Town ?? Speaker.County}/o/{Uri.EscapeDataString(Code)}{rest}";

    /// <summary>Names of a town below it; of the first where the town is none of them.</summary>
    public TownNames NamesOf(string town) => TownNames.Of(Towns.FirstOrDefault(one => one.Town == town) ?? Towns[0]);

    /// <summary>A stamp of the speaker, for now.</summary>
    public Stamp Stamp(Guid command) => new(command, Speaker.Actor, Now);

    /// <summary>The grain that hands out the office's work.</summary>
    public IWorkplaceGrain WorkplaceGrain(IGrainFactory grains) =>
        Speaker.County is { } county
            ? grains.GetGrain<ICountyOfficeGrain>(Address.CountyOffice(World, county, Code))
            : grains.GetGrain<IBureauGrain>(Address.Bureau(World, Speaker.Town!, Code));

    /// <summary>Who reads, and the pages of this office, in the head of each page.</summary>
    public PageContext Head(PageContext page, Words? person)
    {
        List<PageLink> rooms = [new(Path(), new("待办", "Work")), new(Path("/people"), new("人员", "People"))];
        if (IsOfCounty)
        {
            rooms[1] = new($"/county/{Uri.EscapeDataString(Code)}/filings", new("备案", "Filings"));
        }
        else
        {
            rooms.Add(new(Path("/overdue"), new("超期", "Overdue")));
        }

        if (World == Address.Live)
        {
            rooms.Add(new(Path("/reads"), new("阅卷记录", "Files read")));
        }

        var who = person is null ? Me : page.Say(person);
        return page with { Rooms = rooms, SignedInAs = page.Say($"{who}（{Name.Zh}）", $"{who} ({Name.En})") };
    }
}
