using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Offices;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// O: whoever spoke to an office held the office that they named, and had the role that it asks for. Judged once everybody's record is
/// read, in whatever order streams come;
/// somebody whom no record knows had none. Records without a receipt are older than the rule and were made by anybody.
/// </summary>
internal sealed class SpeakersCheck(Func<string, string, StaffFacts?> hired, Findings speakers)
{
    private readonly List<Spoken> spoken = [];
    private readonly Dictionary<string, Stamp> founders = new(StringComparer.Ordinal);

    /// <summary>What its founder said at that moment founded the town's offices; nobody held any before.</summary>
    public void Founded(string town, Stamp founder) => founders[town] = founder;

    /// <summary>It was for somebody in one of some roles.</summary>
    public void InRole(string town, JournalRecord record, params string[] roles) => Keep(town, record, record.At, null, roles);

    /// <summary>The same of what ended their own office: they held it until that moment.</summary>
    public void InRoleUntil(string town, JournalRecord record, params string[] roles) =>
        Keep(town, record, record.At.AddTicks(-1), null, roles);

    /// <summary>It was for whoever decides in a person's matters.</summary>
    public void Over(string town, JournalRecord record, string person) => Keep(town, record, record.At, person, []);

    public void Finish()
    {
        foreach (var it in spoken)
        {
            speakers.Look();
            if (!IsFounding(it) && (hired(it.Town, it.Actor) is not { } actor || !IsTheirs(it, actor)))
            {
                speakers.Breach(
                    it.Stream,
                    it.Version,
                    $"{it.Actor}（{it.Office}）无权办理 {it.Kind}。",
                    $"{it.Actor} ({it.Office}) may not do what {it.Kind} says."
                );
            }
        }
    }

    private bool IsFounding(Spoken it) =>
        founders.TryGetValue(it.Town, out var founder)
        && founder.At == it.At
        && (founder.Actor.Id, founder.Actor.Office) == (it.Actor, it.Office);

    private bool IsTheirs(Spoken it, StaffFacts actor) =>
        actor.Organ == it.Office
        && OfficeRules.OutOfOffice(actor, DateOnly.MaxValue, it.At) is null
        && (
            it.Person is null
                ? it.Roles.Any(role => actor.Roles.Contains(role))
                : hired(it.Town, it.Person) is not { } person || OfficeRules.IsOver(actor, person)
        );

    private void Keep(string town, JournalRecord record, DateTimeOffset at, string? person, string[] roles)
    {
        if (record.ReceivedAt is not null)
        {
            spoken.Add(
                new(
                    Town: town,
                    Stream: record.Stream,
                    Version: record.Version,
                    Kind: record.Kind,
                    Actor: record.ActorId,
                    Office: record.ActorOffice,
                    At: at,
                    Person: person,
                    Roles: roles
                )
            );
        }
    }

    private sealed record Spoken(
        string Town,
        string Stream,
        long Version,
        string Kind,
        string Actor,
        string Office,
        DateTimeOffset At,
        string? Person,
        string[] Roles
    );
}
