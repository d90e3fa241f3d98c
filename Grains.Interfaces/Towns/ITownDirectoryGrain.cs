using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>What a client needs to speak of a town: its names and codes, as the silo has them. Keyed world/town. So a console needs no
/// seeds of its own, and can't have others than the town.</summary>
[Alias("town-directory")]
public interface ITownDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Names of the town's offices, people, items and procedures; refused when the silo has no plan of it.</summary>
    [ReadOnly, Alias("read")]
    Task<Outcome<TownDirectory>> ReadAsync();

    /// <summary>Codes of all towns that the silo has plans of; the key's town doesn't matter.</summary>
    [ReadOnly, Alias("towns")]
    Task<ImmutableArray<string>> TownsAsync();

    /// <summary>What is filled in to open a case of a procedure and for each of its acts, in its present version; the key's town doesn't
    /// matter. Refused where there is no such procedure.</summary>
    /// <param name="procedure">Its code, such as <c>enquiry</c>.</param>
    [ReadOnly, Alias("forms")]
    Task<Outcome<ListedForms>> FormsAsync(string procedure);

    /// <summary>The service guide of an item (办事指南): basis, papers, limits, fee, procedures, how the town stands to its power, how long
    /// its cases really took. Refused where the town or the item is unknown.</summary>
    /// <param name="code">Code of the item.</param>
    /// <param name="day">For which day; null for today by the silo's clock.</param>
    [ReadOnly, Alias("item")]
    Task<Outcome<ItemGuide>> ItemAsync(string code, DateOnly? day = null);

    /// <summary>The files of the silo's seeds, each with the hash of what it says, so that whoever has seeds of their own can tell whether
    /// they are the same; the key's town doesn't matter.</summary>
    [ReadOnly, Alias("seeds")]
    Task<ImmutableArray<ListedSeedFile>> SeedsAsync();
}

/// <param name="Path">Below the seeds folder, such as <c>law/penalty.yaml</c>.</param>
/// <param name="Hash">SHA-256 (hex, lower case); comments and layout of YAML files are no part of it.</param>
[GenerateSerializer, Immutable, Alias("listed-seed-file")]
public sealed record ListedSeedFile(string Path, string Hash);

/// <param name="Prefix">Letters before its case numbers, item codes and staff ids.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="CalendarFrom">First day of the working-day calendar; no limit can be counted before.</param>
/// <param name="CalendarUntil">Its last day.</param>
/// <param name="County">Code of the county.</param>
/// <param name="Offices">The town's organs, then the departments above it.</param>
/// <param name="People">Ids of everybody whom the plan lists, with their office.</param>
[GenerateSerializer, Immutable, Alias("town-directory-view")]
public sealed record TownDirectory(
    string Town,
    Words Name,
    string Prefix,
    string TimeZone,
    DateOnly CalendarFrom,
    DateOnly CalendarUntil,
    string County,
    ImmutableArray<ListedOffice> Offices,
    ImmutableArray<ListedPerson> People,
    ImmutableArray<ListedItem> Items,
    ImmutableArray<ListedProcedure> Procedures,
    ImmutableArray<ListedProcedure> Earlier
);

/// <summary>A code with its name.</summary>
/// <param name="BySystem">An act that only the system does.</param>
[GenerateSerializer, Immutable, Alias("listed-name")]
public sealed record ListedName(string Code, Words Name, bool BySystem = false);

/// <param name="Own">One of the town's organs; else a department above it.</param>
[GenerateSerializer, Immutable, Alias("listed-office")]
public sealed record ListedOffice(string Code, Words Name, bool Own);

[GenerateSerializer, Immutable, Alias("listed-person")]
public sealed record ListedPerson(string Id, string Office);

/// <param name="Kind">Kind of item, such as <c>permit</c>.</param>
/// <param name="Retained">Kept at the county by law (A6).</param>
[GenerateSerializer, Immutable, Alias("listed-item")]
public sealed record ListedItem(string Code, Words Name, string Kind, bool Retained)
{
    /// <summary>The kind by which procedures take items that are kept at the county.</summary>
    public const string RetainedKind = "retained";

    /// <summary>What it costs from which day on, in yuan, oldest first; default for nothing.</summary>
    [Id(0)]
    public ImmutableArray<ListedFee> Fees { get; init; }
}

/// <summary>A fee and its first day.</summary>
[GenerateSerializer, Immutable, Alias("listed-fee")]
public readonly record struct ListedFee(DateOnly From, decimal Yuan);

/// <param name="Kinds">Kinds of subject that it takes.</param>
/// <param name="Route">Who decides: <c>town</c>, <c>county</c> or <c>internal</c>.</param>
/// <param name="Openers">How many may open it: the public, the county, roles.</param>
/// <param name="Anywhere">Acts possible at every step.</param>
/// <param name="Ends">Ends that it can reach.</param>
/// <param name="Fields">Fields of its acts.</param>
/// <param name="Version">Cases keep the one that they were opened by.</param>
/// <param name="Charges">It collects the fee of its item: only items with one go by it.</param>
/// <param name="MainLine">Steps of the shortest way to a granted end, by code (主流程); default where a silo of before tells none.</param>
[GenerateSerializer, Immutable, Alias("listed-procedure")]
public sealed record ListedProcedure(
    string Code,
    Words Name,
    ImmutableArray<string> Kinds,
    string Route,
    int Openers,
    ImmutableArray<ListedStep> Steps,
    ImmutableArray<ListedName> Anywhere,
    ImmutableArray<ListedName> Ends,
    ImmutableArray<ListedName> Fields,
    int Version,
    ImmutableArray<string> MainLine = default,
    bool Charges = false
);

/// <summary>What is filled in for the acts of a procedure.</summary>
/// <param name="Kinds">Kinds of subject that it takes; <c>nothing</c> where it is about no item and no person.</param>
[GenerateSerializer, Immutable, Alias("listed-forms")]
public sealed record ListedForms(string Procedure, Words Name, ImmutableArray<string> Kinds, ImmutableArray<ListedForm> Forms);

/// <summary>What is filled in for an act, or to open a case.</summary>
/// <param name="Act">Code of the act; <c>open</c> for opening.</param>
/// <param name="Step">Step at which the act is possible, by name; null where it is possible anywhere, and for opening.</param>
/// <param name="Who">Who may do it.</param>
/// <param name="ByPublic">Parties may do it, or who acts for them.</param>
[GenerateSerializer, Immutable, Alias("listed-form")]
public sealed record ListedForm(string Act, Words Name, Words? Step, Words Who, ImmutableArray<ListedField> Fields, bool ByPublic = false);

/// <param name="Name">What is typed before the sign of equality.</param>
/// <param name="Needed">It must be there.</param>
/// <param name="Expected">What it takes, in words.</param>
/// <param name="Values">The values of a choice; empty where any value of its type is taken.</param>
/// <param name="Type">Type of its value.</param>
/// <param name="Choices">The values of a choice with their names, in the order of <paramref name="Values"/>.</param>
[GenerateSerializer, Immutable, Alias("listed-field")]
public sealed record ListedField(
    string Name,
    Words Label,
    bool Needed,
    Words Expected,
    ImmutableArray<string> Values,
    FieldType Type,
    ImmutableArray<ListedName> Choices
);

/// <param name="Batch">Codes of those acts that may be done on many cases at once; default where a silo of before tells none.</param>
[GenerateSerializer, Immutable, Alias("listed-step")]
public sealed record ListedStep(string Code, Words Name, ImmutableArray<ListedName> Acts, ImmutableArray<string> Batch = default);
