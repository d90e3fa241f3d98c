using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>B4: who acts for a party is the agent of the case's authorisation, at every act and not only at its opening.</summary>
[Clause("B4")]
public static class AgentRules
{
    /// <summary>Fields of a procedure that name an agent and the authorisation that was handed in.</summary>
    public const string Agent = "agent",
        Authorisation = "authorisation";

    /// <summary>Whom the opening names as agent: who opens it for another, else the one in its field; null for nobody.</summary>
    /// <param name="field">Value of the field <c>agent</c>.</param>
    public static string? Named(Actor actor, string? field) => actor is { Office: Actor.Public, For: { Length: > 0 } } ? actor.Id : field;

    /// <summary>Who acts for the party by an authorisation that the case keeps; null for nobody who is known by name.</summary>
    public static string? Authorised(CaseFile file) =>
        file.Agent is { Length: > 0 } agent && !string.IsNullOrWhiteSpace(file.Value(Authorisation)) ? agent : null;

    /// <summary>An applicant opens for themselves, or somebody for them with an authorisation.</summary>
    public static Refusal? Opening(Actor actor, CaseFile file)
    {
        var party = file.Party.Id;
        return actor.Office != Actor.Public || TextRules.SameId(actor.Id, party) || TextRules.SameId(actor.For, party)
            ? null
            : Missing(actor.Id, party);
    }

    /// <summary>
    /// An act of the public on the party's behalf; and an act that names an agent or hands in an authorisation: nobody authorises
    /// themselves, and a paper for one agent is none for the next.
    /// </summary>
    public static Refusal? Check(in ActCheck check)
    {
        var (actor, file) = (check.Stamp.Actor, check.File);
        return Naming(check) is { } self ? self
            : actor.Office != Actor.Public || TextRules.SameId(actor.Id, file.Party.Id) || !TextRules.SameId(actor.For, file.Party.Id)
                ? null
            : TextRules.SameId(file.Agent ?? file.Value(Agent) ?? actor.Id, actor.Id)
            && !string.IsNullOrWhiteSpace(file.Value(Authorisation))
                ? null
            : Missing(actor.Id, file.Party.Id);
    }

    /// <summary>Whom an act names as agent; null where it names nobody.</summary>
    internal static string? NamedBy(in ActCheck check) => Given(check, Agent);

    private static Refusal? Naming(in ActCheck check)
    {
        var (actor, file, agent) = (check.Stamp.Actor, check.File, NamedBy(check));
        return agent is null && Given(check, Authorisation) is null ? null
            : actor.Office == Actor.Public && !TextRules.SameId(actor.Id, file.Party.Id) ? Missing(actor.Id, file.Party.Id)
            : !string.IsNullOrWhiteSpace(agent) && string.IsNullOrWhiteSpace(Given(check, Authorisation)) ? Missing(agent, file.Party.Id)
            : null;
    }

    private static string? Given(in ActCheck check, string name)
    {
        foreach (var field in check.Given)
        {
            if (field.Name == name)
            {
                return field.Value;
            }
        }

        return null;
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
