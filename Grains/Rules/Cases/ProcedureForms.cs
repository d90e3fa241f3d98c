using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What is filled in for the acts of a procedure, as clients are told it.</summary>
public static class ProcedureForms
{
    /// <summary>What opening a case is called.</summary>
    internal static readonly Words Opening = new("收件", "open a case");

    /// <summary>Opening first, then acts by step in the order of their codes; what only the system does is left out.</summary>
    public static ImmutableArray<ListedForm> Of(Procedure procedure) =>
        [
            new(
                CaseRules.OpenAct,
                Opening,
                null,
                RoleWords.NamesOf(string.Join(" | ", procedure.OpenedBy)),
                Fields(procedure, procedure.OpenNeeds, procedure.OpenTakes),
                procedure.OpenedBy.Contains(ActorRules.ByPublic)
            ),
            .. procedure
                .Steps.Values.OrderBy(s => s.Code, StringComparer.Ordinal)
                .SelectMany(s => ActsOfPeople(s.Acts.Values).Select(act => Form(procedure, act, s))),
            .. ActsOfPeople(procedure.Anywhere.Values).Select(act => Form(procedure, act, null)),
        ];

    /// <summary>Those of some acts that people do, in the order of their codes.</summary>
    public static IEnumerable<ActRule> ActsOfPeople(IEnumerable<ActRule> acts) =>
        acts.Where(act => !ActorRules.IsOfSystem(act)).OrderBy(act => act.Code, StringComparer.Ordinal);

    /// <summary>What is filled in for an act.</summary>
    public static ImmutableArray<ListedField> Fields(Procedure procedure, ActRule act) => Fields(procedure, act.Needs, act.Takes);

    private static ListedForm Form(Procedure procedure, ActRule act, StepRule? step) =>
        new(
            act.Code,
            act.Name,
            step?.Name,
            act.By.IsEmpty && step is not null ? Doer(procedure, step) : RoleWords.NamesOf(string.Join(" | ", act.By)),
            Fields(procedure, act),
            act.By.IsEmpty ? step?.Role == ActorRules.ByPublic : act.By.Contains(ActorRules.ByPublic)
        );

    /// <summary>Who does a step, for people.</summary>
    public static Words Doer(Procedure procedure, StepRule step) =>
        step.At.Kind switch
        {
            PlaceKind.Owner => new("承办人", "who owns the case"),
            PlaceKind.Subject => new("所办人员", "whom the case is about"),
            PlaceKind.Field when step.At.IsOfPerson(procedure) && procedure.Fields[step.At.Name].Label is var named => new(
                $"“{named.Zh}”栏所写人员",
                $"whom '{named.En}' names"
            ),
            _ => RoleWords.NamesOf(step.Role),
        };

    private static ImmutableArray<ListedField> Fields(Procedure procedure, ImmutableArray<string> needs, ImmutableArray<string> takes) =>
        [
            .. needs
                .Concat(takes)
                .Select(name => procedure.Fields[name])
                .Select(field => new ListedField(
                    Name: field.Name,
                    Label: field.Label,
                    Needed: needs.Contains(field.Name),
                    Expected: FieldWords.Expected(field),
                    Values: field.Values,
                    Type: field.Type,
                    Choices: [.. field.Values.Select(value => new ListedName(value, TermWords.Choice(field.Name, value)))]
                )),
        ];
}
