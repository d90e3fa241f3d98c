using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
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

    private static readonly Actor Onlooker = new("-", "-");

    /// <summary>World in which the office is; in any but the live one it is only looked into.</summary>
    public string World { get; init; } = Address.Live;

    /// <summary>It is only looked into, on the day on which its world is held.</summary>
    public bool IsHeld => World != Address.Live;

    public string Me => Speaker.Actor.Id;

    public Words Name => Speaker.Office ?? new(Code, Code);

    public bool IsOfCounty => Speaker.County is not null;

    public bool IsHead => Speaker.Roles.Any(Leading.Contains);

    /// <summary>Key of the workplace, without the world.</summary>
    public string Workplace => $"{Speaker.Town ?? Speaker.County}/{Code}";

    public string Zone => Towns[0].TimeZone;

    public DateOnly Today => PageDates.DayOf(Now, Zone);

    /// <summary>Address of a page of this office.</summary>
    public string Path(string rest = "") => $"{Root}/o/{Uri.EscapeDataString(Code)}{rest}";

    /// <summary>Address of the filings of a department.</summary>
    public string FilingsPath => $"{Root}/county/{Uri.EscapeDataString(Code)}/filings";

    // Offices of two towns have the same code; whoever holds one is of one town.
    private string Root => IsHeld ? $"/worlds/{World}/{Speaker.Town ?? Speaker.County}" : "";

    /// <summary>An office of a simulated world, for whoever looks into it.</summary>
    /// <param name="towns">The town of an organ; all towns below a department.</param>
    public static OfficeRoom LookedInto(string world, ImmutableArray<TownDirectory> towns, ListedOffice office, DateTimeOffset now) =>
        new(
            new Speaker(Onlooker, office.Name, Town: office.Own ? towns[0].Town : null, County: office.Own ? null : towns[0].County),
            office.Code,
            towns,
            now
        )
        {
            World = world,
        };

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
            rooms[1] = new(FilingsPath, new("备案", "Filings"));
        }
        else
        {
            rooms.Add(new(Path("/overdue"), new("超期", "Overdue")));
            if (Speaker.Roles.Contains(ActorRules.Collector))
            {
                rooms.Add(new(Path("/takings"), new("每日对账", "Takings")));
            }
        }

        if (IsHeld)
        {
            return page with { Rooms = [page.Rooms[0], .. rooms, page.Rooms[^1]] };
        }

        rooms.Add(new(Path("/reads"), new("阅卷记录", "Files read")));

        var who = person is null ? Me : page.Say(person);
        return page with { Rooms = rooms, SignedInAs = page.Say($"{who}（{Name.Zh}）", $"{who} ({Name.En})") };
    }
}
