using System.Collections.Immutable;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <summary>Gathers what the rules ask, from the seeds and from the grains that own it, before anything is decided.</summary>
internal readonly struct CaseFactsGathering(SeedLibrary seeds, GrainNeighbours neighbours)
{
    private static readonly Outcome<ImmutableDictionary<string, StaffFacts>> NoPeople = ImmutableDictionary<string, StaffFacts>.Empty;

    /// <summary>What is known without asking anybody.</summary>
    /// <param name="calendar">Another than that of the seeds, as an audit needs it for records of an earlier day.</param>
    public static CaseFacts Known(SeedLibrary seeds, CaseFile file, DateTimeOffset at, WorkCalendar? calendar = null)
    {
        var plan = seeds.Towns[file.Town];
        return new CaseFacts
        {
            Plan = plan,
            Procedure = seeds.ProcedureOf(file),
            Calendar = calendar ?? seeds.Calendar,
            Law = seeds.Law,
            Day = plan.DayOf(at),
            Item = plan.Items.GetValueOrDefault(file.Subject),
        };
    }

    public async ValueTask<Outcome<CaseFacts>> ForOpeningAsync(OpenCase command)
    {
        if (!seeds.Towns.TryGetValue(command.Town, out var plan))
        {
            return CaseRefusals.TownUnknown(command.Town);
        }

        if (!seeds.Procedures.TryGetValue(command.Procedure, out var procedure))
        {
            return CaseRefusals.ProcedureUnknown(command.Procedure, seeds.Procedures.Keys);
        }

        var (subject, asks) = (procedure.Subject, procedure.OpenAsks);
        var item = subject.IsItem ? plan.Items.GetValueOrDefault(command.Subject) : null;
        if (subject.IsItem && item is null)
        {
            return CaseRefusals.SubjectUnknown(command.Town, command.Subject);
        }

        if (subject == Subject.Nothing && command.Subject.Length > 0)
        {
            return CaseRefusals.SubjectNotWanted(procedure, command.Subject);
        }

        var needs = asks.Facts | (procedure.Route == "town" ? FactNeeds.Holding : FactNeeds.None);
        var day = plan.DayOf(command.Stamp.At);
        var actor = await StaffAsync(plan, command.Stamp.Actor);
        var person = subject.IsPerson ? await PersonAsync(plan, command.Subject) : null;
        var people = asks.People.IsEmpty ? NoPeople : await PeopleAsync(plan, asks.People, command.Fields, []);
        if (Unknown(actor, out var unknown) || Unknown(person, out unknown) || people.IsRefused(out unknown, out _))
        {
            return unknown!;
        }

        var facts = new CaseFacts
        {
            Plan = plan,
            Procedure = procedure,
            Calendar = seeds.Calendar,
            Law = seeds.Law,
            Day = day,
            Item = item,
            Holding =
                needs.HasFlag(FactNeeds.Holding) && item is not null ? await neighbours.HoldingAsync(plan.Code, item.Code, day) : null,
            Actor = actor?.Value,
            Person = person?.Value,
            BureauPeople = needs.HasFlag(FactNeeds.BureauPeople) && item is not null ? await BureauAsync(plan, item.Bureau) : [],
            People = people.Value!,
        };
        var check = new ActCheck(CaseFile.None with { Subject = command.Subject }, null, null, command.Stamp, command.Fields, facts);
        return
            asks.Foresees.IsEmpty || FieldRules.Check(procedure, plan, command.Fields, procedure.OpenNeeds, procedure.OpenTakes) is not null
            ? facts
            : facts with
            {
                Foreseen = await ForeseeAsync(asks.Foresees, check),
            };
    }

    /// <param name="isQuestion">Somebody asks whether they may do the act; they have filled in nothing yet.</param>
    public async ValueTask<Outcome<CaseFacts>> ForActAsync(CaseFile file, ActOnCase command, bool isQuestion = false)
    {
        var known = Known(seeds, file, command.Stamp.At);
        var (plan, procedure) = (known.Plan, known.Procedure);
        var act = procedure.ActAt(file.Step, command.Act);
        if (act is null)
        {
            return known;
        }

        var needs = act.Facts | (act.Decides && procedure.Route == "town" ? FactNeeds.Holding : FactNeeds.None);
        var actor = await StaffAsync(plan, command.Stamp.Actor);
        var with = Value(command.Fields, "with") is { } second ? await PersonAsync(plan, second) : null;
        var person = needs.HasFlag(FactNeeds.Person) ? await PersonAsync(plan, file.Subject) : null;
        var owner = needs.HasFlag(FactNeeds.Owner) && file.Owner is { } owning ? await PersonAsync(plan, owning) : null;
        var people = act.People.IsEmpty ? NoPeople : await PeopleAsync(plan, act.People, command.Fields, file.Fields);
        if (
            Unknown(actor, out var refusal)
            || Unknown(with, out refusal)
            || Unknown(person, out refusal)
            || Unknown(owner, out refusal)
            || people.IsRefused(out refusal, out _)
        )
        {
            return refusal!;
        }

        var facts = new CaseFacts
        {
            Plan = plan,
            Procedure = procedure,
            Calendar = known.Calendar,
            Law = known.Law,
            Day = known.Day,
            Item = known.Item,
            Holding =
                needs.HasFlag(FactNeeds.Holding) && known.Item is not null
                    ? await neighbours.HoldingAsync(plan.Code, known.Item.Code, known.Day)
                    : null,
            Actor = actor?.Value,
            With = with?.Value,
            Person = person?.Value,
            Owner = owner?.Value,
            People = people.Value!,
            BureauPeople =
                needs.HasFlag(FactNeeds.BureauPeople) && known.Item is not null ? await BureauAsync(plan, known.Item.Bureau) : [],
        };
        var check = new ActCheck(
            file: file,
            step: procedure.Steps.GetValueOrDefault(file.Step),
            act: act,
            stamp: command.Stamp,
            given: command.Fields,
            facts: facts,
            isQuestion: isQuestion
        );
        return
            act.Asks.Foresees.IsEmpty
            || (!isQuestion && FieldRules.Check(procedure, plan, command.Fields, act.Needs, act.Takes) is not null)
            ? facts
            : facts with
            {
                Foreseen = await ForeseeAsync(act.Asks.Foresees, check),
            };
    }

    /// <summary>For giving the present step to another officer: who gives it, and whoever is named.</summary>
    public async ValueTask<Outcome<CaseFacts>> ForReassigningAsync(CaseFile file, ActOnCase command)
    {
        var known = Known(seeds, file, command.Stamp.At);
        var actor = await StaffAsync(known.Plan, command.Stamp.Actor);
        var people = await PeopleAsync(known.Plan, [ReassignRules.To], command.Fields, []);
        return Unknown(actor, out var refusal) || people.IsRefused(out refusal, out _)
            ? refusal!
            : known with
            {
                Actor = actor?.Value,
                People = people.Value!,
            };
    }

    /// <summary>Everybody of a town's record, also the officers who are stationed there.</summary>
    public ValueTask<ImmutableArray<StaffFacts>> EverybodyAsync(TownPlan plan) => PeopleOfAsync(plan, organ: null);

    private static bool Unknown(Outcome<StaffFacts>? asked, out Refusal? refusal)
    {
        refusal = asked?.Refusal;
        return refusal is not null;
    }

    private static string? Value(ImmutableArray<Field> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <summary>The actor as staff of the town; null for citizens, county people and the system.</summary>
    private async ValueTask<Outcome<StaffFacts>?> StaffAsync(TownPlan plan, Actor actor)
    {
        var standing = ActorStandings.Of(plan, actor);
        if (standing == ActorStanding.Outside)
        {
            return null;
        }

        var staff = await PersonAsync(plan, actor.Id);
        return
            (standing == ActorStanding.Either && staff.Refusal is not null) || (standing == ActorStanding.Claimed && staff.Refusal is null)
            ? null
            : staff;
    }

    // Those whom fields name; one that nobody has filled in names nobody.
    private async ValueTask<Outcome<ImmutableDictionary<string, StaffFacts>>> PeopleAsync(
        TownPlan plan,
        ImmutableArray<string> fields,
        ImmutableArray<Field> given,
        ImmutableArray<Field> kept
    )
    {
        var people = ImmutableDictionary<string, StaffFacts>.Empty;
        foreach (var field in fields)
        {
            if ((Value(given, field) ?? Value(kept, field)) is not { } named)
            {
                continue;
            }

            if ((await PersonAsync(plan, named)).IsRefused(out var refusal, out var facts))
            {
                return refusal;
            }

            people = people.Add(field, facts);
        }

        return people;
    }

    private ValueTask<Outcome<StaffFacts>> PersonAsync(TownPlan plan, string staff) => neighbours.PersonAsync(plan.Code, staff);

    private async ValueTask<ImmutableDictionary<string, Refusal>> ForeseeAsync(ImmutableArray<NamedEffect> effects, ActCheck check)
    {
        var foreseen = ImmutableDictionary<string, Refusal>.Empty;
        foreach (var effect in effects)
        {
            if (
                !check.IsOpen(effect.Reads)
                && effect.Foreseen(check) is { } message
                && await neighbours.WouldRefuseAsync(message) is { } refusal
            )
            {
                foreseen = foreseen.Add(effect.Name, refusal);
            }
        }

        return foreseen;
    }

    private ValueTask<ImmutableArray<StaffFacts>> BureauAsync(TownPlan plan, string organ) => PeopleOfAsync(plan, organ);

    private async ValueTask<ImmutableArray<StaffFacts>> PeopleOfAsync(TownPlan plan, string? organ)
    {
        var people = ImmutableArray.CreateBuilder<StaffFacts>();
        foreach (var member in plan.Staff.Concat(plan.StationedStaff))
        {
            if ((organ is null || member.Organ == organ) && (await PersonAsync(plan, member.Id)).Value is { } facts)
            {
                people.Add(facts);
            }
        }

        return people.ToImmutable();
    }
}
