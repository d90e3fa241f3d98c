using System.Collections.Immutable;
using TownReform.Grains.Rules.Offices;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The head of an office gives a step that somebody of it has in hand to another (改派): an act that every procedure has. The
/// step goes on as it was, with its limit.</summary>
[Clause("B9")]
public static class ReassignRules
{
    /// <summary>Code of the act, and names of its fields.</summary>
    public const string Act = "reassign",
        To = "to",
        From = "from",
        Reason = "reason";

    public static Words Name { get; } = new("改派", "give to another officer");

    /// <summary>What is filled in. From whom it is taken, only where several have it.</summary>
    public static ImmutableArray<ListedField> Fields(CaseFile file) =>
        [
            Field(To, new("交给", "to whom"), FieldType.Staff, isNeeded: true),
            .. file.Officers.Length > 1
                ? [Field(From, new("由谁移出", "from whom"), FieldType.Staff, isNeeded: true)]
                : ImmutableArray<ListedField>.Empty,
            Field(Reason, new("理由", "reason"), FieldType.Text, isNeeded: false),
        ];

    /// <summary>Whether somebody gives out the work of their office: its head, or who stands in.</summary>
    public static bool IsHead(StaffFacts? actor) =>
        actor is not null && (actor.Roles.Contains(OfficeRules.Head) || actor.Roles.Contains(OfficeRules.Deputy));

    /// <summary>Why it can't be given to anybody, before somebody is named.</summary>
    public static Refusal? Ask(CaseFile file, Stamp stamp, CaseFacts facts)
    {
        var (plan, actor) = (facts.Plan, facts.Actor);
        if (!file.IsOpen)
        {
            return CaseRefusals.Ended(file, facts.Procedure);
        }

        if (!facts.Procedure.Steps.TryGetValue(file.Step, out var step))
        {
            return CaseRefusals.StepUnknown(file);
        }

        return OfficeRules.Standing(plan, stamp.Actor, actor, facts.Day, stamp.At)
            ?? (
                !IsHead(actor) || plan.WorkplaceAt(actor!.Organ) != file.Workplace
                    ? ActorRefusals.WrongActor(stamp.Actor, step, $"{OfficeRules.Head} | {OfficeRules.Deputy}")
                : OfficeRules.Away(actor, facts.Day) is { } away ? away
                : file.Officers.IsEmpty ? NotInHand(file, step, null)
                : null
            );
    }

    /// <summary>Gives it, or says why not: the other is of the office, there that day, in the step's role, certified, and has done none of
    /// the steps that are to be kept apart.</summary>
    /// <param name="facts">With the facts of whoever the field names.</param>
    public static Outcome<CaseDecision<CaseHandedOver>> Give(CaseFile file, ActOnCase command, CaseFacts facts)
    {
        if (Ask(file, command.Stamp, facts) is { } refusal)
        {
            return refusal;
        }

        var step = facts.Procedure.Steps[file.Step];
        if (FieldFault(file, command.Fields) is { } wrong)
        {
            return wrong;
        }

        var (to, from) = (facts.People[To], Value(command, From) ?? file.Officers[0]);
        if (!file.Officers.Contains(from))
        {
            return NotInHand(file, step, from);
        }

        if (NotTo(file, step, to, command.Stamp, facts) is { } unfit)
        {
            return unfit;
        }

        var given = new CaseHandedOver(file.Officers, file.Officers.Replace(from, to.Id), command.Stamp.At)
        {
            Owner = step.At.Kind == PlaceKind.Owner ? to.Id : null,
            ByHead = true,
            Reason = Value(command, Reason),
        };
        return CaseDecision.Of(file, given, facts);
    }

    /// <summary>Why it can't be given to somebody; null where they would get it.</summary>
    public static Refusal? Check(CaseFile file, StaffFacts to, Stamp stamp, CaseFacts facts) =>
        Ask(file, stamp, facts) ?? NotTo(file, facts.Procedure.Steps[file.Step], to, stamp, facts);

    private static Refusal? NotTo(CaseFile file, StepRule step, StaffFacts to, Stamp stamp, CaseFacts facts) =>
        file.Officers.Contains(to.Id) ? InHandAlready(file, to.Id) : Unfit(new ActCheck(file, step, null, stamp, [], facts), to);

    private static Refusal? Unfit(in ActCheck check, StaffFacts to)
    {
        var (step, facts) = (check.Step!, check.Facts);
        var isOfOffice = facts.Plan.WorkplaceAt(to.Organ) == check.File.Workplace;
        var isInRole = step.Role == ActorRules.ByStaff || to.Roles.Contains(step.Role);
        return !isOfOffice || !isInRole
            ? ActorRefusals.WrongActor(new Actor(to.Id, to.Organ), step, step.Role)
            : OfficeRules.OutOfOffice(to, facts.Day, check.Stamp.At) ?? OfficerRules.Fit(check, to);
    }

    private static Refusal? FieldFault(CaseFile file, ImmutableArray<Field> given)
    {
        var known = Fields(file);
        foreach (var field in given)
        {
            if (field.Name != From && known.All(one => one.Name != field.Name))
            {
                return FieldRefusals.FieldUnknown(field.Name, [To], [From, Reason]);
            }

            if (given.Count(one => one.Name == field.Name) > 1)
            {
                return FieldRefusals.FieldTwice(new FieldRule(field.Name, FieldType.Text, new(field.Name, field.Name), []));
            }
        }

        List<FieldRule> missing =
        [
            .. known
                .Where(one => one.Needed && given.All(field => field.Name != one.Name || string.IsNullOrWhiteSpace(field.Value)))
                .Select(one => new FieldRule(one.Name, one.Type, one.Label, [])),
        ];
        return missing.Count > 0 ? FieldRefusals.FieldsMissing(missing) : null;
    }

    private static ListedField Field(string name, Words label, FieldType type, bool isNeeded)
    {
        var rule = new FieldRule(name, type, label, []);
        return new(Name: name, Label: label, Needed: isNeeded, Expected: FieldWords.Expected(rule), Values: [], Type: type, Choices: []);
    }

    /// <summary>Whom a command names; null for nobody.</summary>
    public static string? Value(ActOnCase command, string name) =>
        command.Fields.FirstOrDefault(field => field.Name == name).Value is { Length: > 0 } value ? value : null;

    private static Refusal NotInHand(CaseFile file, StepRule step, string? from) =>
        CaseRefusals.No(
            RefusalCode.TaskNotInHand,
            "B9",
            from is null
                ? $"“{step.Name.Zh}”环节无人办理，不能改派；有人到岗后自动分派。"
                : $"“{step.Name.Zh}”环节不在 {from} 手中，现由 {string.Join('、', file.Officers)} 办理。",
            from is null
                ? $"Nobody has '{step.Code}' ({step.Name.En}) in hand; it is given out by itself when somebody is there."
                : $"{from} doesn't have '{step.Code}' ({step.Name.En}) in hand; {string.Join(", ", file.Officers)} has.",
            new Fact("case", file.Number),
            new Fact("officers", string.Join(", ", file.Officers))
        );

    private static Refusal InHandAlready(CaseFile file, string to) =>
        CaseRefusals.No(
            RefusalCode.TaskInHandAlready,
            "B9",
            $"{to} 已在办理此案，请选择其他人员。",
            $"{to} has it in hand already; choose somebody else.",
            new Fact("case", file.Number),
            new Fact("officer", to)
        );
}
