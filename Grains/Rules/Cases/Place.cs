using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>Where a step is done (办理地点), as the procedure's <c>at:</c> says it.</summary>
/// <param name="Kind">How the place is found.</param>
/// <param name="Name">The duty or the field that it is found by; empty where the kind says it all.</param>
public readonly record struct Place(PlaceKind Kind, string Name)
{
    /// <summary>What <c>at:</c> may say, as a pattern.</summary>
    public const string Pattern = "^(outside|item|county|owner|subject|(duty|county-duty|field):[a-z]+(-[a-z0-9]+)*)$";

    /// <summary>The place that a text says.</summary>
    /// <exception cref="FormatException">No place is called so.</exception>
    public static Place Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (word, name) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        return word switch
        {
            "outside" => new(PlaceKind.Outside, name),
            "item" => new(PlaceKind.Item, name),
            "county" => new(PlaceKind.County, name),
            "duty" => new(PlaceKind.Duty, name),
            "county-duty" => new(PlaceKind.CountyDuty, name),
            "field" => new(PlaceKind.Field, name),
            "owner" => new(PlaceKind.Owner, name),
            "subject" => new(PlaceKind.Subject, name),
            _ => throw new FormatException($"No place is called '{text}'."),
        };
    }

    /// <summary>What the cases of a procedure must have for it.</summary>
    public RuleSubject Needs =>
        Kind switch
        {
            PlaceKind.Item or PlaceKind.County => RuleSubject.Item,
            PlaceKind.Subject => RuleSubject.Person,
            _ => RuleSubject.Any,
        };

    /// <summary>Whether it is one person's, who is found with it: nobody else of their organ does the step while they are there.</summary>
    public bool IsOfPerson(Procedure procedure) =>
        Kind is PlaceKind.Owner or PlaceKind.Subject
        || (Kind == PlaceKind.Field && procedure.Fields.GetValueOrDefault(Name)?.Type == FieldType.Staff);

    /// <summary>The workplace, without the world, and the person whose step it is, if it is one person's.</summary>
    /// <param name="check">The act that leads to the step, with its facts.</param>
    /// <param name="owner">Who owns the case after the act; null for nobody.</param>
    public (string Workplace, string? Person) Find(in ActCheck check, StaffFacts? owner)
    {
        var (plan, facts) = (check.Facts.Plan, check.Facts);
        return Kind switch
        {
            // Whoever had the case before watches while somebody outside is waited for.
            PlaceKind.Outside => (check.File.Workplace ?? plan.WorkplaceOf("service"), null),
            PlaceKind.Item => (plan.WorkplaceAt(facts.Item!.Bureau), null),
            PlaceKind.County => (plan.OfficeAt(facts.Item!.CountyDepartment), null),
            PlaceKind.Duty => (plan.WorkplaceOf(Name), null),
            PlaceKind.CountyDuty => (plan.OfficeOf(Name), null),
            PlaceKind.Subject => Of(facts.Person!, plan),
            PlaceKind.Owner => Of(owner!, plan),
            PlaceKind.Field when facts.People.GetValueOrDefault(Name) is { } person => Of(person, plan),
            _ => (Bodies.Workplace(plan, check.Value(Name)!), null),
        };
    }

    private static (string Workplace, string? Person) Of(StaffFacts person, TownPlan plan) => (plan.WorkplaceAt(person.Organ), person.Id);
}

/// <summary>How the place of a step is found.</summary>
public enum PlaceKind
{
    /// <summary>The party or somebody else outside; the workplace before watches.</summary>
    Outside = 1,

    /// <summary>The bureau of the catalogue item.</summary>
    Item = 2,

    /// <summary>The county department of the catalogue item.</summary>
    County = 3,

    /// <summary>The town's organ that carries a duty.</summary>
    Duty = 4,

    /// <summary>The department above the town that carries a duty.</summary>
    CountyDuty = 5,

    /// <summary>The person or the body that a field names.</summary>
    Field = 6,

    /// <summary>The person who owns the case (承办人).</summary>
    Owner = 7,

    /// <summary>The person whom the case is about.</summary>
    Subject = 8,
}
