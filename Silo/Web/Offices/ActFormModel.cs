using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>The form of an act on a case, before or after it was sent.</summary>
public sealed record ActFormModel
{
    /// <summary>Address of the case file; the form's own is below it.</summary>
    public required string FilePath { get; init; }

    public required CaseView Case { get; init; }

    /// <summary>What the case is about.</summary>
    public required Words Subject { get; init; }

    /// <summary>The present step.</summary>
    public required Words State { get; init; }

    public required AskedAct Act { get; init; }

    public required FilledForm Form { get; init; }

    public required FormCommand Command { get; init; }

    /// <summary>What it would lead to; null where that depends on what is filled in.</summary>
    public CaseOutlook? Outlook { get; init; }

    /// <summary>What has happened since the page was shown, where the act was refused for that.</summary>
    public ImmutableArray<HistoryRecord> Meanwhile { get; init; } = [];

    /// <summary>Why it is shown again without having been sent: it had grown old, or was to be corrected.</summary>
    public Words? Told { get; init; }

    /// <summary>The last proof of who decides is too old; nothing was sent.</summary>
    public bool MustProve { get; init; }

    /// <summary>IANA name of the town's time zone.</summary>
    public required string Zone { get; init; }

    public string Path => $"{FilePath}/acts/{Act.Act}";

    /// <summary>It was sent, and something is wrong with it.</summary>
    public bool IsFaulty => Form.Refusal is not null;

    /// <summary>Under which the browser keeps what was typed.</summary>
    public string Draft => $"{Case.Number}-{Act.Act}";
}
