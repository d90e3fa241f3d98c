using System.Collections.Immutable;
using System.Diagnostics;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Towns;

/// <summary>How a town is founded from its plan, and how it hands out case numbers.</summary>
public static class TownRules
{
    /// <summary>Founds the town on the town's day of the command. The same plan again changes nothing; another is refused.</summary>
    public static Outcome<TownEvent>? Found(TownState state, FoundTown command, TownPlan plan)
    {
        if (state.Founding is { } founding)
        {
            return IsSame(founding, command, plan) ? null : (Outcome<TownEvent>)Otherwise(founding, command, plan);
        }

        return new TownFounded(
            Founder: command.Stamp,
            PlanHash: plan.Hash,
            FoundedOn: plan.DayOf(command.Stamp.At),
            Without: [.. command.Without.Distinct().Order(StringComparer.Ordinal)],
            Organs: [.. plan.Organs.Select(o => o.Code)],
            Staff: [.. Settlers(plan).Select(s => s.Person.Id)],
            Practice: command.Practice ? true : null
        );
    }

    /// <summary>Whether a founding was from that plan, leaving the same kinds of items to the county.</summary>
    public static bool IsSame(TownFounded founding, FoundTown command, TownPlan plan) =>
        plan.IsEdition(founding.PlanHash)
        && (founding.Practice ?? false) == command.Practice
        && CatalogueRules.SameKinds(founding.Without, command.Without);

    public static Refusal Otherwise(TownFounded founding, FoundTown command, TownPlan plan) =>
        FoundingRefusals.FoundedOtherwise(plan.Code, Told(founding.PlanHash, founding.Without), Told(plan.Hash, command.Without));

    /// <summary>Everybody whom the founding takes on, in the plan's order.</summary>
    public static ImmutableArray<Settler> Settlers(TownPlan plan) =>
        [.. plan.Staff.Select(p => new Settler(p, HoldsPost: true)), .. plan.StationedStaff.Select(p => new Settler(p, HoldsPost: false))];

    /// <summary>The town's organs with their people.</summary>
    public static ImmutableArray<StaffedOffice> Bureaus(TownPlan plan)
    {
        var people = Settlers(plan).ToLookup(s => s.Person.Organ, s => new Colleague(s.Person.Id, s.Person.Roles, s.Person.Certificates));
        return [.. plan.Organs.Select(o => new StaffedOffice(o.Code, [.. people[o.Code]]))];
    }

    /// <summary>The departments above the town, each with those of its people who handle the towns' matters.</summary>
    public static ImmutableArray<StaffedOffice> CountyOffices(TownPlan plan) => [.. plan.CountyDepartments.Select(CountyOffice)];

    public static StaffedOffice CountyOffice(CountyDepartment department) =>
        new(department.Code, [.. department.People.Select(p => new Colleague(p.Id, p.Roles, []))]);

    /// <summary>The days on which somebody does not hold their office, as days on which no work is given to them.</summary>
    public static ImmutableArray<Absence> OutOfOffice(CountyPerson person)
    {
        var before = person.Since > DateOnly.MinValue ? new Absence(AbsenceKind.Leave, DateOnly.MinValue, person.Since.AddDays(-1)) : null;
        var after =
            person.Until < DateOnly.MaxValue ? new Absence(AbsenceKind.Leave, person.Until.Value.AddDays(1), DateOnly.MaxValue) : null;
        return [.. new[] { before, after }.OfType<Absence>()];
    }

    /// <summary>Hands out the next block of numbers; a number is handed out once.</summary>
    public static Outcome<TownEvent> Reserve(TownState state, string town, int count) =>
        state.Founding is null ? FoundingRefusals.NotFounded(town) : new CaseNumbersReserved(state.NextCase, count);

    /// <summary>To have an effect that was put aside delivered again; for leaders of the town and heads of its organs (O).</summary>
    public const string SendAgainAct = "retry-effect";

    /// <summary>Has an effect that was put aside delivered again.</summary>
    /// <param name="effect">Null when none of that number is aside.</param>
    /// <param name="towns">Codes of the towns that it is of; empty where it tells none.</param>
    public static Outcome<TownEvent> SendAgain(
        TownState state,
        RetryEffect command,
        SentAgain? effect,
        IReadOnlyCollection<string> towns
    ) =>
        state.Founding is null ? FoundingRefusals.NotFounded(command.Town)
        : effect is null ? RecordingRefusals.NotSetAside(command.Id)
        : towns.Count > 0 && !towns.Contains(command.Town) ? TownRefusals.EffectOfAnother(effect, command.Town, towns)
        : new EffectSentAgain(effect.Id, effect.Stream, effect.Version, effect.Ordinal, effect.TargetType, effect.TargetKey);

    /// <summary>The towns that an effect is of: those whose code, or whose letters of case numbers, are in its record's name or its
    /// receiver's key.</summary>
    public static IEnumerable<string> TownsOf(IEnumerable<TownPlan> towns, string stream, string target)
    {
        string[] parts = [.. stream.Split('/'), .. target.Split('/')];
        return towns.Where(town => parts.Any(part => part == town.Code || part.TrimEnd(Digits) == town.Prefix)).Select(town => town.Code);
    }

    private static readonly char[] Digits = [.. "0123456789"];

    public static TownState Apply(TownState state, TownEvent happened) =>
        happened switch
        {
            TownFounded it => state with { Founding = it },
            TownSettled => state with { Settled = true },
            CaseNumbersReserved it => state with { NextCase = it.First + it.Count },
            SeedsTaken it => state with
            {
                Seeds = it,
                Moved = [.. it.Moved.Concat(state.Moved).DistinctBy(m => m.Day).OrderBy(m => m.Day)],
                FollowsAll = state.FollowsAll || it.All,
                Because = it.Because ?? state.Because,
            },
            DueDaysFollowed => state with { Moved = [], FollowsAll = false, Because = null },
            EffectSentAgain or TownRefused => state,
            _ => throw new UnreachableException($"{happened.GetType().Name} has no effect on a town."),
        };

    public static TownView View(string town, TownFounded founding) =>
        new(town, founding.PlanHash, founding.FoundedOn, founding.Organs, founding.Staff);

    private static string Told(string hash, ImmutableArray<string> without) =>
        $"{hash} without [{string.Join(";", without.Distinct().Order(StringComparer.Ordinal))}]";
}
