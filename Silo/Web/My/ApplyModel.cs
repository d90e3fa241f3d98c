using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>An application as it is filled in and checked.</summary>
/// <param name="Town">Where it is applied for.</param>
/// <param name="Procedure">By which procedure it is handled.</param>
/// <param name="Applicant">Who applies.</param>
/// <param name="Form">What the procedure asks for.</param>
public sealed record ApplyModel(
    TownDirectory Town,
    ListedItem Item,
    ListedForms Procedure,
    ApplicantForm Applicant,
    FilledForm Form,
    FormCommand Command
)
{
    /// <summary>What opening the case would lead to; null while the form is filled in.</summary>
    public CaseOutlook? Outlook { get; init; }

    /// <summary>Why the service can't be applied for at all just now, told before anything is typed; null where it can.</summary>
    public Refusal? NotOpen { get; init; }

    /// <summary>What is said above the form; null for nothing.</summary>
    public Words? Told { get; init; }

    /// <summary>The draft that it was filled in from; null where there was none, or it was sent since.</summary>
    public FormDraft? Draft { get; init; }

    /// <summary>Why it was not saved as a draft; null where nothing went wrong.</summary>
    public Words? DraftFault { get; init; }

    public string Path => PathOf(Item.Code);

    public bool IsFaulty => Form.IsFaulty || !Applicant.Faults.IsEmpty || DraftFault is not null;

    public static string PathOf(string item) => $"/my/apply/{Uri.EscapeDataString(item)}";

    public static string PathToDelete(string item) => $"{PathOf(item)}/draft/delete";
}

/// <summary>Who applies, and for whom.</summary>
/// <param name="Name">Name of the applicant, as on their papers.</param>
/// <param name="IsOrganisation">An enterprise or another organisation.</param>
/// <param name="ForId">Id of the party that is applied for by an agent (代办); empty where somebody applies for themselves.</param>
/// <param name="IsGreen">Asked for the green channel (绿色通道, B9).</param>
public sealed record ApplicantForm(string Name, bool IsOrganisation, string ForId, bool IsGreen)
{
    /// <summary>Value of the kind for an organisation.</summary>
    public const string Organisation = "organisation";

    public const string NameField = "applicant-name",
        KindField = "applicant-kind",
        ForField = "applicant-for",
        GreenField = "green";

    /// <summary>What is wrong, by the name of the control.</summary>
    public ImmutableArray<(string Field, Words Fault)> Faults { get; init; } = [];

    public Words? FaultOf(string field) => Faults.FirstOrDefault(fault => fault.Field == field).Fault;
}
