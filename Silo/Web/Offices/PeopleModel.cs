using System.Collections.Immutable;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>The people of an office today: who is there, who is away until when, how much each has in hand.</summary>
public sealed record PeopleModel
{
    /// <summary>Address of the office's pages.</summary>
    public required string Path { get; init; }

    public required Words Office { get; init; }

    public required DateOnly Today { get; init; }

    public required ImmutableArray<OfficePerson> People { get; init; }

    /// <summary>Form for leave; null for whoever heads nobody here.</summary>
    public LeaveForm? Leave { get; init; }

    /// <summary>What has just been recorded.</summary>
    public Words? Told { get; init; }
}

/// <summary>Somebody of an office.</summary>
/// <param name="Roles">Their roles, by name.</param>
/// <param name="Certificates">Those that are valid today.</param>
/// <param name="Tasks">How much they have in hand.</param>
/// <param name="Absences">Today's and those to come, in order.</param>
public sealed record OfficePerson(string Id, Words Roles, ImmutableArray<Words> Certificates, int Tasks, ImmutableArray<TimeAway> Absences)
{
    /// <summary>The time away that holds today; null when they are there.</summary>
    public TimeAway? AwayOn(DateOnly today) => Absences.FirstOrDefault(away => away.Time.From <= today && today <= away.Time.Until);
}

/// <summary>Time away.</summary>
/// <param name="To">Where somebody is seconded to; null for leave.</param>
public sealed record TimeAway(Absence Time, Words? To);

/// <summary>Leave to be recorded, before or after it was sent.</summary>
/// <param name="From">As typed.</param>
/// <param name="Until">As typed.</param>
/// <param name="Faults">What is wrong with what was typed, by the name of the control.</param>
/// <param name="Refusal">Why the office refused it.</param>
public sealed record LeaveForm(
    FormCommand Command,
    string Person = "",
    string From = "",
    string Until = "",
    ImmutableArray<(string Name, Words Fault)> Faults = default,
    Refusal? Refusal = null,
    Words? Told = null
)
{
    public const string PersonName = "person",
        FromName = "from",
        UntilName = "until";

    public bool IsFaulty => Refusal is not null || !Faults.IsDefaultOrEmpty;

    public Words? FaultOf(string name) => Faults.IsDefaultOrEmpty ? null : Faults.FirstOrDefault(fault => fault.Name == name).Fault;

    /// <summary>The days, where both can be read; else what is wrong with them.</summary>
    public (DateOnly From, DateOnly Until)? Days(out ImmutableArray<(string Name, Words Fault)> faults)
    {
        var (hasFrom, hasUntil) = (PageDates.TryRead(From, out var from), PageDates.TryRead(Until, out var until));
        faults =
        [
            .. hasFrom ? [] : new[] { (FromName, Day("首日", "first day")) },
            .. hasUntil ? [] : new[] { (UntilName, Day("末日", "last day")) },
        ];
        return hasFrom && hasUntil ? (from, until) : null;
    }

    private static Words Day(string chinese, string english) => new($"{chinese}请写作 2026-12-03", $"Write the {english} as 2026-12-03");
}
