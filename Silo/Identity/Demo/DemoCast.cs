using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity.Demo;

/// <summary>
/// Who can be tried out: in each town somebody of each role who is there today, in each county the departments with a duty of their own and
/// the one that handed over most, parties who have cases, and one of each kind that only reads. All of it follows the seeds.
/// </summary>
internal sealed class DemoCast(SeedLibrary seeds, TownCalls calls, ITownClock clock)
{
    /// <summary>Ids of demo accounts begin so; no other account's does.</summary>
    public const string IdPrefix = "demo-";

    /// <summary>Cases among which a party with one is looked for.</summary>
    private const int Looked = 200;

    /// <summary>All of them, in the order in which they are told.</summary>
    public async Task<ImmutableArray<(Account Account, Words Who)>> AllAsync()
    {
        var now = await clock.NowAsync();
        var all = ImmutableArray.CreateBuilder<(Account, Words)>();
        foreach (var plan in seeds.Towns.Values.OrderBy(town => town.Code, StringComparer.Ordinal))
        {
            all.AddRange(await OfTownAsync(plan, now));
        }

        all.AddRange(
            seeds.Counties.Values.OrderBy(county => county.Code, StringComparer.Ordinal).SelectMany(county => OfCounty(county, now))
        );
        all.AddRange(await PartiesAsync());
        all.Add(Reader("leader", AccountKind.Leader));
        all.Add(Reader("auditor", AccountKind.Auditor));
        all.Add(Reader("operator", AccountKind.Operator));
        return all.ToImmutable();
    }

    private async Task<List<(Account, Words)>> OfTownAsync(TownPlan plan, DateTimeOffset now)
    {
        List<(Account, Words)> found = [];
        // The head of the office in which most is done is of more use than another.
        var service = plan.OrganFor("service").Code;
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (var role in plan.Staff.SelectMany(person => person.Roles).Distinct(StringComparer.Ordinal))
        {
            var candidates = plan.Staff.Where(person => person.Roles.Contains(role)).OrderByDescending(person => person.Organ == service);
            foreach (var person in candidates)
            {
                if (!taken.Contains(person.Id) && await IsThereAsync(plan, person, role, now))
                {
                    taken.Add(person.Id);
                    var (name, organ) = (RoleWords.NamesOf(role), plan.Organs.First(one => one.Code == person.Organ).Name);
                    found.Add(
                        (
                            New(
                                $"{plan.Code}-{role}",
                                AccountKind.Staff,
                                new($"{name.Zh} {person.Id}", $"{Capital(name.En)} {person.Id}")
                            ) with
                            {
                                Town = plan.Code,
                                Staff = person.Id,
                            },
                            new($"{plan.Name.Zh}{organ.Zh}：{name.Zh}", $"{plan.Name.En}, {organ.En}: {name.En}")
                        )
                    );
                    break;
                }
            }
        }

        return found;
    }

    private async Task<bool> IsThereAsync(TownPlan plan, StaffFacts person, string role, DateTimeOffset now) =>
        (await calls.PersonAsync(plan.Code, person.Id)).Value is { } facts
        && facts.Roles.Contains(role)
        && OfficeRules.Standing(plan, new Actor(person.Id, facts.Organ), facts, plan.DayOf(now), now) is null;

    private IEnumerable<(Account, Words)> OfCounty(County county, DateTimeOffset now)
    {
        var most = seeds
            .Towns.Values.Where(town => town.County.Code == county.Code)
            .SelectMany(town => town.Items.Values)
            .GroupBy(item => item.CountyDepartment, StringComparer.Ordinal)
            .OrderByDescending(items => items.Count())
            .ThenBy(items => items.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
        return county
            .Departments.Where(department => department.Code == most || !department.Duties.IsEmpty)
            .Select(department => (Department: department, Person: department.FirstInOffice(county.DayOf(now))))
            .Where(one => one.Person is not null)
            .Select(one =>
                (
                    New($"{county.Code}-{one.Department.Code}", AccountKind.County, one.Person!.Name) with
                    {
                        County = county.Code,
                        CountyOffice = one.Department.Code,
                        CountyPerson = one.Person.Id,
                    },
                    one.Department.Name
                )
            );
    }

    // Those who have an open case, so that there is something to see; ids of nobody where there is none.
    private async Task<List<(Account, Words)>> PartiesAsync()
    {
        var cases = await TownCalls.AskAsync(() => calls.Index.ListAsync(new CaseSearch(Disposition: Disposition.Open, Take: Looked)));
        var parties = cases.Select(@case => @case.Party).Where(party => party.Id.Length > 0).ToList();
        var citizen = parties.FirstOrDefault(party => !party.Organisation) ?? new("371581199001010018", "王小明", Organisation: false);
        var enterprise = parties.FirstOrDefault(party => party.Organisation) ?? new("91371581MA3DEM000G", "示例企业", Organisation: true);
        return
        [
            Party("citizen", citizen, new("公民", "citizen")),
            Party("enterprise", enterprise, new("企业", "enterprise")),
            Party("agent", new("371581198506120023", "李代办", Organisation: false), new("代理人", "agent for others")),
        ];
    }

    private static (Account, Words) Party(string name, Party party, Words who) =>
        (New(name, AccountKind.Party, new(party.Name, party.Name)) with { Parties = [party.Id] }, who);

    private static (Account, Words) Reader(string name, AccountKind kind) =>
        (New(name, kind, Pages.AccountWords.Of(kind)), Pages.AccountWords.Of(kind));

    private static Account New(string name, AccountKind kind, Words called) => new($"{IdPrefix}{name}", kind, name, called);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
