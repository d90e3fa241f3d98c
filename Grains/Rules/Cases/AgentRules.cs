using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>B4: who acts for a party is the agent of the case's authorisation, at every act and not only at its opening.</summary>
public static class AgentRules
{
    /// <summary>Whom the opening names as agent: who opens it for another, else the one in its field; null for nobody.</summary>
    /// <param name="field">Value of the field <c>agent</c>.</param>
    public static string? Named(Actor actor, string? field) => actor is { Office: Actor.Public, For: { Length: > 0 } } ? actor.Id : field;

    /// <summary>Who acts for the party by an authorisation that the case keeps; null for nobody who is known by name.</summary>
    public static string? Authorised(CaseFile file) =>
        file.Agent is { Length: > 0 } agent && !string.IsNullOrWhiteSpace(file.Value("authorisation")) ? agent : null;

    /// <summary>An applicant opens for themselves, or somebody for them with an authorisation.</summary>
    public static Refusal? Opening(Actor actor, CaseFile file)
    {
        var party = file.Party.Id;
        return actor.Office != Actor.Public || TextRules.SameId(actor.Id, party) || TextRules.SameId(actor.For, party)
            ? null
            : Missing(actor.Id, party);
    }

    /// <summary>An act of the public on the party's behalf.</summary>
    public static Refusal? Check(in ActCheck check)
    {
        var (actor, file) = (check.Stamp.Actor, check.File);
        return actor.Office != Actor.Public || TextRules.SameId(actor.Id, file.Party.Id) || !TextRules.SameId(actor.For, file.Party.Id)
                ? null
            : TextRules.SameId(file.Agent ?? actor.Id, actor.Id) && !string.IsNullOrWhiteSpace(file.Value("authorisation")) ? null
            : Missing(actor.Id, file.Party.Id);
    }

    private static Refusal Missing(string agent, string party) =>
        CaseRefusals.No(
            RefusalCode.AuthorisationMissing,
            "B4",
            $"{agent} 代 {party} 办理，本件没有 {party} 授权其代办的材料。请由当事人本人或经授权的代办人办理。",
            $"{agent} acts for {party}, and the case keeps no authorisation of {party} for them. The party, or the agent who is "
                + "authorised, may do it.",
            new Fact("agent", agent),
            new Fact("party", party)
        );
}
