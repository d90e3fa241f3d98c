using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>A party's own cases.</summary>
/// <param name="Next">Number of the case before which the next page begins; null on the last one.</param>
public sealed record MyCasesModel(ImmutableArray<MyCaseLine> Cases, string? Next)
{
    /// <summary>Applications that were begun and not submitted.</summary>
    public ImmutableArray<DraftLine> Drafts { get; init; } = [];

    /// <summary>What has just happened; null for nothing.</summary>
    public Words? Told { get; init; }
}

/// <summary>A case in the party's list, with the one thing to do next.</summary>
/// <param name="Service">Name of the item.</param>
/// <param name="Step">Name of the step or the end.</param>
/// <param name="ToDo">The act that is waited for from the party; null while others work on it.</param>
public sealed record MyCaseLine(CaseLine Case, Words Service, Words Step, AskedAct? ToDo);

/// <summary>A case as its party sees it.</summary>
/// <param name="Zone">IANA name of the town's time zone.</param>
/// <param name="Step">Name of the present step, or of the end.</param>
/// <param name="Who">Who has it now, by the name of the office; null when nobody has.</param>
/// <param name="Acts">What the party may do, and why not the rest.</param>
/// <param name="Told">What has just happened, in a sentence; null when the page is simply opened.</param>
public sealed record MyCaseModel(
    CaseView Case,
    Words Service,
    Words Procedure,
    Words Step,
    Words? Who,
    string Zone,
    ImmutableArray<AskedAct> Acts,
    ImmutableArray<HistoryRecord> History,
    Words? Told
)
{
    /// <summary>Documents that the case has issued so far, oldest first.</summary>
    public ImmutableArray<CaseDocument> Documents { get; init; } = [];

    /// <summary>As whom the account acts on it; null where it only looks.</summary>
    public Actor? Actor { get; init; }

    /// <summary>How the party rates it; null while it goes on.</summary>
    public MyRating? Rating { get; init; }

    /// <summary>Its fee; null for none.</summary>
    public MyFee? Fee { get; init; }

    public string Path => PathOf(Case.Number);

    /// <summary>The code with which anybody who has it may see where the case stands; null before its first record.</summary>
    public string? TrackingCode => History.IsEmpty ? null : Public.TrackingCode.Of(History[0].Hash);

    public static string PathOf(string number) => $"/my/cases/{Uri.EscapeDataString(number)}";

    public string PathOfAct(AskedAct act) => $"{Path}/acts/{Uri.EscapeDataString(act.Act)}";
}

/// <summary>An act of a party, as a form.</summary>
/// <param name="Act">What is done, and what it asks for.</param>
/// <param name="Since">What has happened on the case since the page was opened; empty when nothing has.</param>
public sealed record MyActModel(MyCaseModel File, AskedAct Act, FilledForm Form, FormCommand Command, ImmutableArray<HistoryRecord> Since)
{
    /// <summary>What is said above the form; null for nothing.</summary>
    public Words? Told { get; init; }

    public string Path => File.PathOfAct(Act);
}
