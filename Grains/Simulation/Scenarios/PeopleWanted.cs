using System.Collections.Immutable;
using System.Globalization;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>A change of people that a scenario asks for, in one role at one office of a town or of the county above it.</summary>
/// <param name="Asked">As it is written: <c>-2</c> or <c>+1</c> from what the plan has, or how many there are to be.</param>
public sealed record PeopleWanted(string Town, string Office, string Role, string Asked)
{
    /// <summary>How many there are to be, where there were so many before; below zero when more are taken than there are.</summary>
    public int From(int was)
    {
        var number = int.Parse(Asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return Asked[0] is '+' or '-' ? was + number : number;
    }
}

/// <summary>What became of it: told in the run's record.</summary>
/// <param name="Was">People in the role there by the plan.</param>
/// <param name="Now">People in the role in the run.</param>
/// <param name="Taken">Ids of those who aren't there in the run.</param>
/// <param name="Added">Ids of those who are there in the run only.</param>
public sealed record PeopleChange(
    string Town,
    string Office,
    string Role,
    int Was,
    int Now,
    ImmutableArray<string> Taken,
    ImmutableArray<string> Added
);
