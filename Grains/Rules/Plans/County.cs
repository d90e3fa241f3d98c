using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>A county or county-level city (县、县级市) above towns: its departments and their people are its own, the same for all its towns.
/// Loaded from <c>seeds/counties/*.yaml</c>.</summary>
public sealed record County
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>IANA time zone of the county and its towns.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Departments in the file's order, each with its people.</summary>
    public required ImmutableArray<CountyDepartment> Departments { get; init; }

    public CountyDepartment? Department(string code) => Departments.FirstOrDefault(d => d.Code == code);

    /// <summary>The day in the county at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);
}

/// <summary>A department above the town.</summary>
/// <param name="Level">County, city, province: who it is to the secondment rules (E3).</param>
/// <param name="People">Those who handle the towns' matters, whether in office or no more; they staff its workplace.</param>
/// <param name="Duties">Such as <c>organisation</c> (组织部), <c>leading-group</c>.</param>
public sealed record CountyDepartment(
    string Code,
    Words Name,
    GovernmentLevel Level,
    ImmutableArray<CountyPerson> People,
    ImmutableArray<string> Duties
)
{
    /// <summary>Who acts for the department where nobody is named: the first of the file's people in office on a day; null when nobody
    /// is.</summary>
    public CountyPerson? FirstInOffice(DateOnly day) => People.FirstOrDefault(person => person.IsInOffice(day));

    /// <summary>Whether somebody holds office here on a day.</summary>
    public bool IsInOffice(string person, DateOnly day)
    {
        foreach (var known in People)
        {
            if (known.Id == person)
            {
                return known.IsInOffice(day);
            }
        }

        return false;
    }
}

/// <summary>Somebody of a county department.</summary>
/// <param name="Id">Never given to another person.</param>
/// <param name="Office">Code of the department.</param>
/// <param name="Roles">As what the department's work is given to them; empty for those who only speak for it.</param>
/// <param name="Since">First day in office, in the county's calendar.</param>
/// <param name="Until">Last day in office; null when it has no end yet.</param>
public sealed record CountyPerson(string Id, Words Name, string Office, ImmutableArray<string> Roles, DateOnly Since, DateOnly? Until)
{
    /// <summary>Whether they hold their office on a day; the first and the last day count.</summary>
    public bool IsInOffice(DateOnly day) => Since <= day && (Until is null || day <= Until);
}

public enum GovernmentLevel
{
    Town = 1,
    County = 2,
    City = 3,
    Province = 4,
}
