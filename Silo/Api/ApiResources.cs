using System.Collections.Immutable;

namespace TownReform.Silo.Api;

/// <summary>A town as the public knows it.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="CalendarFrom">First day for which limits can be counted.</param>
/// <param name="CalendarUntil">Last one.</param>
/// <param name="Offices">The town's organs, then the departments above it.</param>
internal sealed record TownResource(
    string Code,
    Words Name,
    string County,
    string TimeZone,
    DateOnly CalendarFrom,
    DateOnly CalendarUntil,
    ImmutableArray<OfficeResource> Offices
)
{
    public static TownResource Of(TownDirectory town) =>
        new(
            town.Town,
            town.Name,
            town.County,
            town.TimeZone,
            town.CalendarFrom,
            town.CalendarUntil,
            [.. town.Offices.Select(office => new OfficeResource(office.Code, office.Name, office.Own))]
        );
}

/// <param name="OfTown">One of the town's organs; else a department of the county.</param>
internal sealed record OfficeResource(string Code, Words Name, bool OfTown);

/// <summary>A catalogue item, and how the town stands to it on a day.</summary>
/// <param name="Kind">Kind of item, such as <c>permit</c>.</param>
/// <param name="Retained">Kept at the county by law (A6).</param>
/// <param name="Since">From which day it stands so; null when it was never granted.</param>
/// <param name="Version">Version of the power; 0 when it was never granted.</param>
internal sealed record ItemResource(
    string Code,
    Words Name,
    string Kind,
    bool Retained,
    PowerStanding Standing,
    DateOnly? Since,
    int Version
);

/// <summary>The items of a town on a day.</summary>
internal sealed record ItemsResource(string Town, DateOnly Day, ImmutableArray<ItemResource> Items);

/// <summary>A procedure with its steps.</summary>
internal sealed record ProcedureResource(
    string Code,
    Words Name,
    int Version,
    ImmutableArray<string> Kinds,
    string Route,
    ImmutableArray<NameResource> Steps,
    ImmutableArray<NameResource> Ends
)
{
    public static ProcedureResource Of(ListedProcedure procedure) =>
        new(
            procedure.Code,
            procedure.Name,
            procedure.Version,
            procedure.Kinds,
            procedure.Route,
            [.. procedure.Steps.Select(step => new NameResource(step.Code, step.Name))],
            [.. procedure.Ends.Select(end => new NameResource(end.Code, end.Name))]
        );
}

/// <summary>A code with its name.</summary>
internal sealed record NameResource(string Code, Words Name);
