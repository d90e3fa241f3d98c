namespace TownReform.Grains.Rules.Cases;

/// <summary>Who may be named in a field of an act, such as the second officer (C2) or who takes a question over (B3): whoever the act
/// itself would take. Lists of people are made by it, so that nobody is offered who is then refused. Pure.</summary>
[Clause("C2")]
public static class NamingRules
{
    /// <summary>Why somebody can't be named; null where the act takes them, as far as that doesn't depend on other fields.</summary>
    /// <param name="act">An act of the present step, or of any.</param>
    /// <param name="field">Field of the act that names somebody of the town's staff.</param>
    /// <param name="facts">Of the act with nothing filled in yet.</param>
    public static Refusal? Check(CaseFile file, ActRule act, string field, StaffFacts person, Stamp stamp, CaseFacts facts)
    {
        var named = facts with
        {
            With = field == ActorRules.With ? person : facts.With,
            People = act.People.Contains(field) ? facts.People.SetItem(field, person) : facts.People,
        };
        return CaseRules.Ask(file, act, stamp, [new Field(field, person.Id)], named);
    }

    /// <summary>Whether a field names somebody beside the actor: themselves they don't name.</summary>
    public static bool IsBeside(string field) => field == ActorRules.With;
}
