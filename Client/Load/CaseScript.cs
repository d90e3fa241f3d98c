using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Load;

/// <summary>One way through a procedure, from opening to an end that grants or imposes: found in the procedure itself, so that any
/// procedure of the seeds will do.</summary>
/// <param name="Item">The power that its cases are about.</param>
internal sealed record CaseScript(TownPlan Plan, Procedure Procedure, PowerItem Item, ImmutableArray<ScriptedAct> Acts)
{
    private const string CertificateSet = "certificate-set";

    /// <summary>Commands of one case, the opening among them.</summary>
    public int Commands => Acts.Length + 1;

    /// <summary>The shortest way through a procedure in which people of the town and the party act, and no field asks for a figure that
    /// must be right.</summary>
    /// <returns>Null when there is no such way, or the town has no such power.</returns>
    public static CaseScript? Of(TownPlan plan, Procedure procedure)
    {
        var item = plan
            .Items.Values.Where(i => !i.Retained && procedure.Kinds.Contains(i.Kind) && procedure.Charges == i.Fee > 0)
            .MinBy(i => i.Code, StringComparer.Ordinal);
        return item is not null && procedure.Route == "town" && Simple(procedure, procedure.OpenNeeds) && Way(procedure) is { } acts
            ? new CaseScript(plan, procedure, item, acts)
            : null;
    }

    /// <summary>Who opens the n-th case: its party, or somebody of the item's bureau in the role that opens such cases.</summary>
    public Actor Opener(string party) =>
        Procedure.OpenedBy.Contains(Actor.Public) ? new Actor(party, Actor.Public)
        : Plan.Staff.FirstOrDefault(p => p.Organ == Item.Bureau && p.Roles.Any(Procedure.OpenedBy.Contains)) is { } officer
            ? new Actor(officer.Id, officer.Organ)
        : new Actor(party, Actor.Public);

    /// <summary>Who acts on a case as it stands: its party where the case waits outside, else the officer whom the town has given it
    /// to.</summary>
    /// <returns>Null when nobody has it.</returns>
    public static Actor? ActorOf(ScriptedAct act, CaseView view) =>
        act.ByParty ? new Actor(view.Party.Id, Actor.Public)
        : view.Officers is [var officer, ..] ? new Actor(officer, view.Workplace![(view.Workplace!.LastIndexOf('/') + 1)..])
        : null;

    /// <summary>Fields of their types' plainest values; a second member of staff is the second officer of the step, where the law of the
    /// day asks for one.</summary>
    public ImmutableArray<Field> Fields(ImmutableArray<string> needs, DateOnly day, CaseView? view) =>
        [.. needs.Select(name => new Field(name, Value(Procedure.Fields[name], day, view))).Where(field => field.Value.Length > 0)];

    private static string Value(FieldRule field, DateOnly day, CaseView? view) =>
        field.Type switch
        {
            FieldType.Choice => field.Values[0],
            FieldType.Date => day.ToString("O"),
            FieldType.Flag => "true",
            FieldType.Staff => view?.Officers.ElementAtOrDefault(1) ?? "",
            _ => "压力测试 load test",
        };

    // Breadth first: the first end that is reached is the nearest.
    private static ImmutableArray<ScriptedAct>? Way(Procedure procedure)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { procedure.Start };
        var open = new Queue<(string Step, ImmutableArray<ScriptedAct> Acts)>([(procedure.Start, [])]);
        while (open.TryDequeue(out var here))
        {
            var step = procedure.Steps[here.Step];
            foreach (var act in step.Acts.Values.Where(a => Possible(procedure, step, a)).OrderBy(a => a.Code, StringComparer.Ordinal))
            {
                var way = here.Acts.Add(
                    new ScriptedAct(
                        act.Code,
                        Carried(step, act),
                        step.Role == Actor.Public || act.By.Contains(Actor.Public),
                        act.Decides,
                        act.Rules.Contains(CertificateSet)
                    )
                );
                if (procedure.Ends.TryGetValue(act.To, out var end) ? end.Granted : false)
                {
                    return way;
                }

                if (procedure.Steps.ContainsKey(act.To) && seen.Add(act.To))
                {
                    open.Enqueue((act.To, way));
                }
            }
        }

        return null;
    }

    // How many do a step may depend on the day: whoever is there is named.
    private static ImmutableArray<string> Carried(StepRule step, ActRule act) =>
        !step.Hands.Figures.IsEmpty && act.Takes.Contains(ActorRules.With) ? act.Needs.Add(ActorRules.With) : act.Needs;

    private static bool Possible(Procedure procedure, StepRule step, ActRule act) =>
        (act.By.IsEmpty || act.By.Contains(Actor.Public) || act.By.Contains(step.Role))
        && act.When.Count == 0
        && Simple(procedure, act.Needs);

    private static bool Simple(Procedure procedure, ImmutableArray<string> needs) =>
        needs.All(name => procedure.Fields[name].Type is not (FieldType.Money or FieldType.Number or FieldType.Limit));
}

/// <summary>One act of a script.</summary>
/// <param name="Decides">The act that hot-spot mode sends many times at once.</param>
/// <param name="NeedsCertificate">The seal has to number the certificate first, which it does by itself.</param>
internal sealed record ScriptedAct(string Act, ImmutableArray<string> Needs, bool ByParty, bool Decides, bool NeedsCertificate);
