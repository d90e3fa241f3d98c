using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Offices;

namespace TownReform.Grains.Matters.Enquiries;

/// <summary>What the first person asked may do with a question (B3). Parameters name the fields and facts that a rule reads.</summary>
[Clause("B3")]
public static class EnquiryRules
{
    /// <summary>How often somebody may own the same question; handed to them once more it would only go round.</summary>
    public const int MostTurns = 2;

    /// <summary>The question goes to a colleague who is in office and there, isn't its owner, and has not had it twice.</summary>
    /// <param name="to">Field <c>to</c>: the colleague, as staff on the act's day.</param>
    /// <param name="file">The enquiry as it stands.</param>
    /// <param name="stamp">Who, when.</param>
    /// <param name="day">The act's day in the town.</param>
    public static Refusal? MayTakeOver(StaffFacts to, CaseFile file, Stamp stamp, DateOnly day) =>
        OfficeRules.OutOfOffice(to, day, stamp.At)
        ?? (
            to.Absences.Any(a => a.From <= day && day <= a.Until) ? EnquiryRefusals.Away(to, day)
            : to.Id == file.Owner ? EnquiryRefusals.OwnsAlready(to)
            : file.Owners.Count(owner => owner == to.Id) >= MostTurns ? EnquiryRefusals.HandedBack(to)
            : null
        );

    /// <summary>"Not my duty" is an answer only when it says whose duty it is.</summary>
    /// <param name="outcome">Field <c>outcome</c>: answered or not-ours.</param>
    /// <param name="responsible">Field <c>responsible</c>: the body whose duty it is.</param>
    public static Refusal? DutyNamed([FieldTypes(FieldType.Choice)] string outcome, [FieldTypes(FieldType.Body)] string? responsible) =>
        outcome == "not-ours" && responsible is null ? EnquiryRefusals.DutyUnnamed() : null;
}
