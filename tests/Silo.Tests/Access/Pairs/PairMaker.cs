using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>Makes pairs up: a little more than half of them as somebody would who knows their work, so that cases go on to their ends; the
/// others by anybody, about anything. The same seed makes the same ones of the same town.</summary>
internal sealed class PairMaker
{
    /// <summary>Requests of nobody are few: they are counted by address.</summary>
    private const int MostAnonymous = 40;

    /// <summary>Cases among which one is picked; older ones are let be.</summary>
    private const int Near = 60;

    /// <summary>Those who may be sent on leave; with everybody away nothing would be done any more.</summary>
    private const int OnLeaveFrom = 8;

    private readonly SignedInSilo silo;
    private readonly Random random;
    private readonly PairPeople people;
    private readonly PairFields fields;
    private readonly DateOnly today;
    private readonly List<CaseView> cases = [];
    private readonly TownPlan[] towns;
    private readonly Procedure[] procedures;
    private int anonymous;

    public PairMaker(SignedInSilo silo, int seed, DateOnly today)
    {
        (this.silo, this.today) = (silo, today);
#pragma warning disable RS0030 // Seeded by the test that names the seed when it fails; nothing of the product draws from it.
        random = new Random(seed);
#pragma warning restore RS0030
        (people, fields) = (new PairPeople(silo, random), new PairFields(random, today));
        towns = [.. silo.Seeds.Towns.Values.OrderBy(plan => plan.Code, StringComparer.Ordinal)];
        procedures = [.. silo.Seeds.Procedures.Values.OrderBy(one => one.Code, StringComparer.Ordinal)];
    }

    /// <summary>A case that has been opened since.</summary>
    public void Know(CaseView view) => cases.Add(view);

    public async Task<Pair> NextAsync()
    {
        var command = random.Next(100);
        var pair =
            cases.Count == 0 || command < 18 ? Opening()
            : command < 90 ? await ActAsync()
            : command < 96 ? await FilingAsync()
            : Leave();
        return random.Next(200) == 0 && anonymous++ < MostAnonymous ? pair with { Who = Requester.Anonymous } : pair;
    }

    private Pair Opening()
    {
        var (plan, procedure) = (Pick(towns), Pick(procedures));
        var knows = random.Next(3) != 0;
        var opener = knows ? Opener(plan, procedure) : people.Anybody();
        var party =
            opener.Account!.Parties is [var own, ..] && random.Next(8) != 0 ? own : PairPeople.PartyId(random.Next(PairPeople.Parties));
        var filled = fields.Fill(plan, procedure, (procedure.OpenNeeds, procedure.OpenTakes), null, []);
        var opening = new OpenCase(
            new Stamp(Guid.Empty, new Actor("", ""), default),
            plan.Code,
            procedure.Code,
            Subject(plan, procedure),
            new Party(party, "某某", Organisation: false),
            Green: false,
            filled
        );
        return new(opener, new OpenPair(plan.Code, opening, OfficeOf(opener)));
    }

    private Requester Opener(TownPlan plan, Procedure procedure) =>
        Pick([.. procedure.OpenedBy]) switch
        {
            ActorRules.ByPublic => people.Of(PairPeople.PartyId(random.Next(PairPeople.Parties))),
            ActorRules.ByCounty => people.OfDepartment(plan, Pick([.. plan.CountyDepartments]).Code),
            ActorRules.ByStaff => people.Of(Pick([.. plan.Staff]).Id),
            var role when plan.Staff.Where(one => one.Roles.Contains(role)).ToArray() is { Length: > 0 } fit => people.Of(Pick(fit).Id),
            _ => people.Anybody(),
        };

    private string Subject(TownPlan plan, Procedure procedure) =>
        random.Next(15) == 0 ? "XX-000"
        : procedure.Subject.IsPerson ? Pick([.. plan.Staff]).Id
        : procedure.Subject.IsItem
        && plan
            .Items.Values.Where(item => procedure.Kinds.Contains(item.Kind) || procedure.Code == "power-adjustment")
            .OrderBy(item => item.Code, StringComparer.Ordinal)
            .ToArray()
            is { Length: > 0 } items
            ? Pick(items).Code
        : "";

    private async Task<Pair> ActAsync()
    {
        var view = await NearAsync();
        var (plan, procedure) = (silo.Seeds.Towns[view.Town], silo.Seeds.Find(view.Procedure, view.ProcedureVersion)!);
        var who = random.Next(100) < 70 ? Doer(plan, procedure, view) : people.Anybody();
        var (code, rule) = Act(procedure, view);
        var filled = rule is null
            ? code == ReassignRules.Act
                ? [new Field(ReassignRules.To, Pick([.. plan.Staff]).Id)]
                : []
            : fields.Fill(plan, procedure, (rule.Needs, rule.Takes), OrganOf(plan, who), view.Fields);
        long? version = random.Next(20) switch
        {
            0 => null,
            1 => view.Version + 1,
            2 => view.Version - 1,
            _ => view.Version,
        };
        return new(who, new ActPair(view.Number, code, filled, OfficeOf(who), version));
    }

    // Mostly one that goes on; now and then one that has ended, or that there isn't.
    private async Task<CaseView> NearAsync()
    {
        var near = cases[Math.Max(0, cases.Count - Near)..];
        var view = Pick([.. near]);
        for (var tries = random.Next(12); tries >= 0; tries--)
        {
            view = (await Case(Pick([.. near]).Number).ReadAsync()).Value!;
            if (view.Disposition == Disposition.Open)
            {
                break;
            }
        }

        return random.Next(100) == 0 ? view with { Number = "YD99999999" } : view;
    }

    private (string Code, ActRule? Rule) Act(Procedure procedure, CaseView view)
    {
        var here = procedure.Steps.TryGetValue(view.Step, out var step) ? step.Acts.Values.ToArray() : [];
        ActRule[] all = [.. procedure.Steps.Values.SelectMany(one => one.Acts.Values).Concat(procedure.Anywhere.Values)];
        var order = StringComparer.Ordinal;
        var act = random.Next(20) switch
        {
            0 => null,
            <= 3 => Pick([.. all.OrderBy(one => one.Code, order).ThenBy(one => one.To, order)]),
            _ => here.Length > 0 ? Pick([.. here.OrderBy(one => one.Code, order)]) : Pick([.. all.OrderBy(one => one.Code, order)]),
        };
        return act is not null ? (act.Code, act) : (random.Next(2) == 0 ? ReassignRules.Act : "no-such-act", null);
    }

    // Whoever has it: its officers, its party, or the department where it lies.
    private Requester Doer(TownPlan plan, Procedure procedure, CaseView view)
    {
        if (!procedure.Steps.TryGetValue(view.Step, out var step) || (view.Officers.IsEmpty && view.Workplace is null))
        {
            return people.Of(view.Party.Id);
        }

        var office = view.Workplace is { } place ? place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..] : null;
        return view.Officers is [var first, ..] && plan.Staff.Concat(plan.StationedStaff).Any(one => one.Id == first)
                ? people.Of(random.Next(4) == 0 ? Neighbour(plan, first) : first)
            : office is not null && plan.County.Department(office) is not null ? people.OfDepartment(plan, office)
            : people.Of(view.Party.Id);
    }

    private string Neighbour(TownPlan plan, string officer) =>
        plan.Staff.Where(one => one.Organ == plan.Staff.FirstOrDefault(it => it.Id == officer)?.Organ).ToArray() is { Length: > 0 } near
            ? Pick(near).Id
            : officer;

    private async Task<Pair> FilingAsync()
    {
        var plan = Pick(towns);
        CountyDepartment[] staffed = [.. plan.CountyDepartments.Where(one => one.People.Length > 0)];
        var (department, filings) = (Pick(staffed), ImmutableArray<FilingView>.Empty);
        // Most departments have nothing to file; one that has is looked for.
        for (var tries = 0; tries < 8 && filings.IsEmpty; tries++)
        {
            department = Pick(staffed);
            var county = Address.CountyOffice(Address.Live, plan.County.Code, department.Code);
            filings = await silo.Grains.Grain<ICountyOfficeGrain>(county).ListFilingsAsync(false);
        }

        var task = filings.IsEmpty ? Pick([.. cases]).Number : filings[random.Next(filings.Length)].Case;
        var who = random.Next(4) == 0 ? people.Anybody() : people.OfDepartment(plan, department.Code);
        var answer = (FilingAnswer)random.Next(1, 5);
        return new(who, new FilePair(department.Code, task, answer, random.Next(3) == 0 ? "另需市级审批" : null));
    }

    private Pair Leave()
    {
        var plan = Pick(towns);
        var whose = plan.Staff[^random.Next(1, OnLeaveFrom)];
        var over = plan.Staff.Where(one => one.Roles.Contains("committee") || (one.Organ == whose.Organ && one.Roles.Contains("head")));
        var who = random.Next(3) == 0 ? people.Anybody() : people.Of(Pick([.. over]).Id);
        var from = today.AddDays(random.Next(0, 400));
        return new(who, new LeavePair(whose.Id, from, from.AddDays(random.Next(-1, 5))));
    }

    // Mostly the office that they hold, or none said; sometimes another.
    private string? OfficeOf(Requester who) =>
        random.Next(12) switch
        {
            0 => Pick([.. Pick(towns).Organs]).Code,
            1 => "organisation",
            2 when random.Next(4) == 0 => Actor.System.Office,
            3 or 4 or 5 when who.Account is { Town: { } town, Staff: { } staff } => OrganOf(silo.Seeds.Towns[town], staff),
            _ => null,
        };

    private static string? OrganOf(TownPlan plan, Requester who) => who.Account?.Staff is { } staff ? OrganOf(plan, staff) : null;

    private static string? OrganOf(TownPlan plan, string staff) =>
        plan.Staff.Concat(plan.StationedStaff).FirstOrDefault(one => one.Id == staff)?.Organ;

    private ICaseGrain Case(string number) => silo.Grains.Grain<ICaseGrain>(Address.Case(Address.Live, number));

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
