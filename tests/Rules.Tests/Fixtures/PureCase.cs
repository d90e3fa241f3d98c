using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Tests.Fixtures;

/// <summary>Carries one case through the pure rules as a grain would, with facts that a test can bend.</summary>
internal sealed class PureCase
{
    public const string Number = "YD00000001";

    /// <summary>Wednesday, a plain working week.</summary>
    public static readonly DateOnly Day = new(2019, 4, 10);

    public static readonly Party Citizen = new("citizen", "李四", false);

    private PureCase(TownPlan plan, string procedure, string subject)
    {
        (Plan, Procedure, Subject) = (plan, RealSeeds.Library.Procedures[procedure], subject);
        Item = plan.Items.GetValueOrDefault(subject);
        Holding = new PowerHolding(subject, 1, PowerStanding.InForce, plan.PlanDate, null);
    }

    public TownPlan Plan { get; set; }

    public Procedure Procedure { get; set; }

    public string Subject { get; }

    public PowerItem? Item { get; set; }

    public PowerHolding Holding { get; set; }

    /// <summary>What a person's record says at the moment, if it differs from the plan.</summary>
    public Dictionary<string, StaffFacts> Staff { get; } = [];

    /// <summary>What receivers of effects have against them, by the effect.</summary>
    public Dictionary<string, Refusal> Foreseen { get; } = [];

    public WorkCalendar Calendar { get; set; } = RealSeeds.Library.Calendar;

    public LawBook Law { get; set; } = RealSeeds.Library.Law;

    public Party Party { get; set; } = Citizen;

    public bool Green { get; set; }

    public CaseFile File { get; private set; } = CaseFile.None;

    public StepRule Step => Procedure.Steps[File.Step];

    public static PureCase Of(TownPlan plan, string procedure, PowerItem item) => new(plan, procedure, item.Code);

    public static PureCase About(TownPlan plan, string procedure, string subject) => new(plan, procedure, subject);

    public static Actor Public(Party? party = null, string? onBehalfOf = null) => new((party ?? Citizen).Id, Actor.Public, onBehalfOf);

    /// <summary>Somebody of the town with that role where the case is, or where it begins; the n-th of them.</summary>
    public Actor Who(string role, int n = 0)
    {
        var at = File.IsOpened ? File.Workplace : null;
        var person = Plan
            .Staff.Concat(Plan.StationedStaff)
            .Where(p =>
                p.Roles.Contains(role)
                && (at is null || Plan.WorkplaceAt(p.Organ) == at)
                && (Step.Certificates.All(c => p.Certificates.Any(h => h.Code == c)))
            )
            .ElementAt(n);
        return new Actor(person.Id, person.Organ);
    }

    public static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8));

    /// <summary>The day of a moment in the real towns.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public Outcome<CaseOpened> Open(Actor actor, DateOnly day, params Field[] fields)
    {
        var command = new OpenCase(
            Stamp: Stamps.Next(At(day), actor),
            Town: Plan.Code,
            Procedure: Procedure.Code,
            Subject: Subject,
            Party: Party,
            Green: Green,
            Fields: [.. fields]
        );
        var opened = CaseRules.Open(Number, command, Facts(day, actor, command.Fields));
        Keep(opened.Value?.Event);
        return EventOf(opened);
    }

    public Outcome<ActTaken> Act(string act, Actor actor, DateOnly day, params Field[] fields)
    {
        var command = new ActOnCase(Stamps.Next(At(day), actor), act, [.. fields]);
        var taken = CaseRules.Act(File, command, Facts(day, actor, command.Fields));
        Keep(taken.Value?.Event);
        return EventOf(taken);
    }

    // What the rules work out beside the event is what the event leads to.
    private Outcome<TEvent> EventOf<TEvent>(Outcome<CaseDecision<TEvent>> decided)
        where TEvent : CaseEvent
    {
        if (decided.IsRefused(out var refusal, out var decision))
        {
            return refusal;
        }

        decision.Next.Fields.ShouldBe(File.Fields);
        (decision.Next with { Fields = [], Done = [], Officers = [], Owners = [] }).ShouldBe(
            File with
            {
                Fields = [],
                Done = [],
                Officers = [],
                Owners = [],
            }
        );
        decision.Next.Owners.ShouldBe(File.Owners);
        decision.Clock.ShouldBe(
            Clock(
                decision.Event switch
                {
                    ActTaken it => it.Day,
                    CaseOpened it => it.Day,
                    _ => throw new ArgumentException("No day."),
                }
            )
        );
        return decision.Event;
    }

    /// <summary>An act that must be possible.</summary>
    public PureCase Do(string act, Actor actor, DateOnly day, params Field[] fields)
    {
        Act(act, actor, day, fields).Refusal?.ToString().ShouldBeNull();
        return this;
    }

    public PureCase DoSystem(string act, DateOnly day) => Do(act, Actor.System, day);

    public PowerFollowed? Follow(PowerChange change, DateOnly day)
    {
        var followed = InFlightRules.Follow(File, new FollowPower(At(day), change, day), Facts(day, Actor.System, []));
        Keep(followed);
        return followed;
    }

    public bool MustHandBack(PowerChange change, DateOnly day) =>
        InFlightRules.MustHandBack(File, new FollowPower(At(day), change, day), Facts(day, Actor.System, []));

    public ClockReading Clock(DateOnly day) => ClockRules.Read(File, Procedure.Steps.GetValueOrDefault(File.Step), day, Calendar, Law);

    public int Used(DateOnly day) => ClockRules.Used(File.Clock, day, Calendar);

    public void Keep(CaseEvent? happened) => File = happened is null ? File : CaseState.Apply(File, happened);

    public CaseFacts Facts(DateOnly day, Actor actor, ImmutableArray<Field> fields) =>
        new()
        {
            Plan = Plan,
            Procedure = Procedure,
            Calendar = Calendar,
            Law = Law,
            Day = day,
            Item = Item,
            Holding = Holding,
            Actor = Person(actor.Id),
            With = Person(fields.FirstOrDefault(f => f.Name == "with").Value),
            Person = Person(Subject),
            Owner = Person(File.Owner),
            People = People(fields),
            Foreseen = Foreseen.ToImmutableDictionary(),
            BureauPeople = [.. Plan.Staff.Concat(Plan.StationedStaff).Where(p => p.Organ == Item?.Bureau).Select(p => Person(p.Id)!)],
        };

    private ImmutableDictionary<string, StaffFacts> People(ImmutableArray<Field> fields) =>
        Procedure
            .Fields.Values.Where(f => f.Type == FieldType.Staff)
            .Select(f => (f.Name, Person: Person(fields.FirstOrDefault(given => given.Name == f.Name).Value ?? File.Value(f.Name))))
            .Where(p => p.Person is not null)
            .ToImmutableDictionary(p => p.Name, p => p.Person!);

    public StaffFacts? Person(string? id) =>
        id is null ? null : Staff.GetValueOrDefault(id) ?? Plan.Staff.Concat(Plan.StationedStaff).FirstOrDefault(p => p.Id == id);
}
