using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Ratings;

/// <summary>Rating by the party (好差评, B12): one of five levels, once, within the town's own limit after the end. Pure.</summary>
[Clause("B12")]
public static class RatingRules
{
    /// <summary>Procedure of the return visit that a bad level opens.</summary>
    public const string Visit = "return-visit";

    /// <summary>Name under which it is recorded and refused.</summary>
    public const string Act = "rate";

    public const int Worst = 1,
        Best = 5;

    /// <summary>Levels up to this one are bad.</summary>
    private const int WorstOfGood = 3;

    /// <summary>Rates a case, or says why not.</summary>
    /// <param name="rated">The case as it stands.</param>
    public static Outcome<RatingEvent> Rate(RatingState state, CaseView rated, RateCase command, RatingFacts facts)
    {
        var actor = command.Stamp.Actor;
        if (!IsOfParty(rated, actor))
        {
            return RatingRefusals.NotTheParty(actor, rated.Number);
        }

        if (rated.Disposition == Disposition.Open)
        {
            return RatingRefusals.NotEnded(rated.Number);
        }

        if (command.Level is < Worst or > Best)
        {
            return RatingRefusals.NoLevel(command.Level);
        }

        return state.Given is { } given ? RatingRefusals.GivenAlready(rated.Number, given.Level) : InTime(rated, command, facts);
    }

    private static Outcome<RatingEvent> InTime(CaseView rated, RateCase command, RatingFacts facts)
    {
        try
        {
            var (today, last) = (facts.Plan.DayOf(command.Stamp.At), LastDay(rated, facts)!.Value);
            return today > last
                ? RatingRefusals.TooLate(rated.Number, last, today)
                : new CaseRated(
                    Level: command.Level,
                    Words: command.Words,
                    Party: rated.Party,
                    At: command.Stamp.At,
                    Opens: command.Level < WorstOfGood && rated.Procedure != Visit
                );
        }
        catch (OutsideCalendarException e)
        {
            return CaseRefusals.OutsideCalendar(e);
        }
    }

    /// <summary>Last day on which a case can be rated, by the rule of the day on which it ended; one that is a day of rest gives way to the
    /// next working day (民法典 §203). Null before the end.</summary>
    public static DateOnly? LastDay(CaseView rated, RatingFacts facts)
    {
        if (rated.Disposition == Disposition.Open)
        {
            return null;
        }

        var ended = facts.Plan.DayOf(rated.ChangedAt);
        var limit = new TimeLimit(facts.Law.On(ended).Days(LawNames.RatingParty), DayUnit.Calendar);
        return facts.Calendar.LastWorkingDayOf(limit, ended);
    }

    public static RatingState Apply(RatingState state, RatingEvent happened) =>
        happened switch
        {
            CaseRated it => state with { Given = it },
            VisitOpened it => state with { Visit = it.Visit },
            _ => state,
        };

    /// <summary>The return visit of a bad rating, as a case to be opened.</summary>
    public static OpenCase VisitOf(string number, string town, CaseRated rated, Stamp stamp) =>
        new(
            stamp,
            town,
            Visit,
            "",
            rated.Party,
            Green: false,
            [
                new Field("rated", number),
                new Field("level", FormattableString.Invariant($"{rated.Level}")),
                .. rated.Words is { Length: > 0 } words ? [new Field("words", words)] : Array.Empty<Field>(),
            ]
        );

    private static bool IsOfParty(CaseView rated, Actor actor) =>
        actor.Office == Actor.Public
        && (
            TextRules.SameId(actor.Id, rated.Party.Id)
            || (TextRules.SameId(actor.For, rated.Party.Id) && TextRules.SameId(actor.Id, rated.Agent))
        );
}

/// <summary>What the rule reads beside the case.</summary>
public sealed record RatingFacts(TownPlan Plan, LawBook Law, WorkCalendar Calendar);
