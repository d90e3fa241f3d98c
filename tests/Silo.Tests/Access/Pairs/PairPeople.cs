using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>Accounts of every kind: all staff of all towns, the people of the counties, parties and agents, those who only read, keys with
/// less than their account may.</summary>
internal sealed class PairPeople
{
    /// <summary>Parties of their own.</summary>
    public const int Parties = 24;

    /// <summary>Those who act for others, with an authorisation or without.</summary>
    public const int Agents = 4;

    private static readonly KeyScopes[] Scopes =
    [
        KeyScopes.None,
        KeyScopes.Read,
        KeyScopes.ApplyForParty,
        KeyScopes.CountyFiles,
        KeyScopes.ActForOffice,
        KeyScopes.Read | KeyScopes.ApplyForParty | KeyScopes.CountyFiles | KeyScopes.ActForOffice,
    ];

    private readonly SignedInSilo silo;
    private readonly Random random;
    private readonly Dictionary<string, Requester> people = new(StringComparer.Ordinal);
    private readonly List<Requester> all = [];
    private readonly List<Requester> readers = [];

    public PairPeople(SignedInSilo silo, Random random)
    {
        (this.silo, this.random) = (silo, random);
        foreach (var plan in silo.Seeds.Towns.Values)
        {
            foreach (var staff in plan.Staff.Concat(plan.StationedStaff))
            {
                Add(staff.Id, New(AccountKind.Staff, staff.Id) with { Town = plan.Code, Staff = staff.Id });
            }
        }

        foreach (var county in silo.Seeds.Counties.Values)
        {
            foreach (var person in county.Departments.SelectMany(department => department.People))
            {
                Add(
                    $"{county.Code}/{person.Id}",
                    New(AccountKind.County, $"{county.Code}-{person.Id}") with
                    {
                        County = county.Code,
                        CountyOffice = person.Office,
                        CountyPerson = person.Id,
                    }
                );
            }
        }

        for (var n = 0; n < Parties + Agents; n++)
        {
            Add(
                PartyId(n),
                New(AccountKind.Party, PartyId(n)) with
                {
                    Parties = n % 5 == 0 ? [PartyId(n), $"{PartyId(n)}-B"] : [PartyId(n)],
                }
            );
        }

        foreach (var kind in new[] { AccountKind.Leader, AccountKind.Auditor, AccountKind.Operator, AccountKind.Integration })
        {
            readers.Add(Told(Requester.SignedIn(New(kind, $"{kind}"), null)));
        }
    }

    public static string PartyId(int n) => FormattableString.Invariant($"P-{n:D3}");

    /// <summary>Somebody by their id in the town, or as a party.</summary>
    public Requester Of(string id) => people.GetValueOrDefault(id) ?? people[PartyId(0)];

    /// <summary>Somebody of a department above a town.</summary>
    public Requester OfDepartment(TownPlan plan, string department) =>
        plan.County.Department(department) is { People: [{ } first, ..] } ? Of($"{plan.County.Code}/{first.Id}") : Anybody();

    /// <summary>Anybody at all.</summary>
    public Requester Anybody() =>
        random.Next(12) switch
        {
            0 => readers[random.Next(readers.Count)],
            1 => WithKey(all[random.Next(all.Count)]),
            <= 4 => Of(PartyId(random.Next(Parties + Agents))),
            _ => all[random.Next(all.Count)],
        };

    private Requester WithKey(Requester who)
    {
        var scopes = Scopes[random.Next(Scopes.Length)];
        return Told(Requester.WithKey(who.Account! with { Id = $"{who.AccountId}-key-{(int)scopes}" }, scopes));
    }

    private void Add(string id, Account account) => all.Add(people[id] = Told(Requester.SignedIn(account, null)));

    private Requester Told(Requester who)
    {
        silo.Account(who);
        return who;
    }

    private static Account New(AccountKind kind, string id) => new($"pair-{id}", kind, id, new Words(id, id));
}
