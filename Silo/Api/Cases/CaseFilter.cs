using Microsoft.AspNetCore.Mvc;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api.Cases;

/// <summary>What to look for in the list of cases; null means any.</summary>
internal sealed class CaseFilter
{
    /// <summary>Code of the town.</summary>
    [FromQuery(Name = "town")]
    public string? Town { get; init; }

    /// <summary>Code of the office that has them now.</summary>
    [FromQuery(Name = "office")]
    public string? Office { get; init; }

    [FromQuery(Name = "procedure")]
    public string? Procedure { get; init; }

    /// <summary>Code of the item, or the staff id that a secondment is about.</summary>
    [FromQuery(Name = "item")]
    public string? Item { get; init; }

    /// <summary>How it stands: open, or how it ended.</summary>
    [FromQuery(Name = "state")]
    public Named<Disposition>? State { get; init; }

    /// <summary>Colour of the running limit.</summary>
    [FromQuery(Name = "colour")]
    public Named<ClockColour>? Colour { get; init; }

    /// <summary>Those whose running limit ends on that day or before.</summary>
    [FromQuery(Name = "due")]
    public DateOnly? Due { get; init; }

    /// <summary>Id of the party.</summary>
    [FromQuery(Name = "party")]
    public string? Party { get; init; }

    /// <summary>From <c>next</c> of the page before.</summary>
    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>How many, 200 at most.</summary>
    [FromQuery(Name = "take")]
    public int? Take { get; init; }

    public bool Matches(CaseLine line) =>
        (Colour is not { } colour || line.Colour == colour.Value)
        && (Due is null || line.Due <= Due)
        && (Office is null || line.Workplace?.EndsWith($"/{Office}", StringComparison.Ordinal) == true);
}
