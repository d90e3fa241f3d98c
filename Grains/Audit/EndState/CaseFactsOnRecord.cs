using System.Collections.Immutable;
using TownReform.Grains.Cases;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// The facts that the record holds, for asking the rules of cases once more. What another grain could have said otherwise a moment later (a
/// power's standing, who is away) is taken as it must have been.
/// </summary>
/// <param name="hired">Somebody as hired, by town and id.</param>
internal sealed class CaseFactsOnRecord(SeedLibrary seeds, SeedsOfDay taken, Func<string, string, StaffFacts?> hired)
{
    /// <summary>What a case is judged by at a moment.</summary>
    public CaseFacts At(CaseFile file, DateTimeOffset at) => CaseFactsGathering.Known(seeds, file, at, taken.Calendar(file.Town));

    /// <summary>What an act or opening was decided by.</summary>
    /// <param name="fields">Those of the command.</param>
    public CaseFacts Of(string town, Procedure procedure, CaseFile file, string subject, Stamp stamp, ImmutableArray<Field> fields)
    {
        var plan = seeds.Towns[town];
        var item = plan.Items.GetValueOrDefault(subject);
        var day = plan.DayOf(stamp.At);
        var standing = procedure.Route == "town" ? PowerStanding.InForce : PowerStanding.NotHeld;
        return new CaseFacts
        {
            Plan = plan,
            Procedure = procedure,
            Calendar = taken.Calendar(town),
            Law = seeds.Law,
            Day = day,
            Item = item,
            Holding = item is null ? null : new PowerHolding(item.Code, 1, standing, day, null),
            Actor = ActorStandings.IsStaff(ActorStandings.Of(plan, stamp.Actor)) ? hired(town, stamp.Actor.Id) : null,
            With = fields.FirstOrDefault(f => f.Name == ActorRules.With).Value is { } with ? hired(town, with) : null,
            Person = hired(town, subject),
            Owner = file.Owner is { } owner ? hired(town, owner) : null,
            People = People(town, procedure, file, fields),
            BureauPeople = item is null
                ? []
                :
                [
                    .. plan
                        .Staff.Concat(plan.StationedStaff)
                        .Where(p => p.Organ == item.Bureau)
                        .Select(p => hired(town, p.Id))
                        .OfType<StaffFacts>(),
                ],
        };
    }

    private ImmutableDictionary<string, StaffFacts> People(string town, Procedure procedure, CaseFile file, ImmutableArray<Field> fields)
    {
        var people = ImmutableDictionary<string, StaffFacts>.Empty;
        foreach (var field in procedure.Fields.Values.Where(f => f.Type == FieldType.Staff))
        {
            var named = fields.FirstOrDefault(f => f.Name == field.Name).Value ?? file.Value(field.Name);
            if (named is not null && hired(town, named) is { } facts)
            {
                people = people.Add(field.Name, facts);
            }
        }

        return people;
    }
}
