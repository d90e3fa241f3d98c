using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What the cases of a procedure are about (办理对象): how an id becomes an item or a person, and what rules may then read. A
/// procedure says it by the kinds that it takes.</summary>
/// <param name="Code">Its name: item, power, staff, nothing.</param>
/// <param name="Offers">What every such case has.</param>
/// <param name="Kinds">Kinds that a procedure may take of it.</param>
public sealed record Subject(string Code, RuleSubject Offers, ImmutableArray<string> Kinds)
{
    /// <summary>A catalogue item, by its kind (A1).</summary>
    public static Subject Item { get; } = new("item", RuleSubject.Item, [.. ItemKinds.All, ItemKinds.Retained]);

    /// <summary>The power over an item (A4).</summary>
    public static Subject Power { get; } = new("power", RuleSubject.Item, ["power"]);

    /// <summary>One of the town's people, by staff id.</summary>
    public static Subject Staff { get; } = new("staff", RuleSubject.Person, ["staff"]);

    /// <summary>Neither an item nor a person of the town.</summary>
    public static Subject Nothing { get; } = new("nothing", RuleSubject.Any, ["nothing"]);

    public static ImmutableArray<Subject> All { get; } = [Item, Staff, Power, Nothing];

    /// <summary>Every kind that a procedure may take.</summary>
    public static ImmutableArray<string> AllKinds { get; } = [.. All.SelectMany(s => s.Kinds)];

    /// <summary>What cases of those kinds are about; <see cref="Nothing"/> when there are none.</summary>
    public static Subject Of(ImmutableArray<string> kinds) =>
        kinds.IsEmpty ? Nothing : All.FirstOrDefault(s => s.Kinds.Contains(kinds[0])) ?? Nothing;

    /// <summary>What every case of those kinds has, also when they are of several subjects.</summary>
    public static RuleSubject OffersOf(ImmutableArray<string> kinds) =>
        kinds.Aggregate(RuleSubject.Item | RuleSubject.Person, static (offers, kind) => offers & Of([kind]).Offers);

    /// <summary>Whether the id of a case's subject is that of a catalogue item.</summary>
    public bool IsItem => Offers.HasFlag(RuleSubject.Item);

    /// <summary>Whether the id of a case's subject is that of one of the town's people.</summary>
    public bool IsPerson => Offers.HasFlag(RuleSubject.Person);

    /// <summary>The kind of one case of it.</summary>
    public string KindOf(PowerItem? item) =>
        this != Item ? Kinds[0]
        : item is { Retained: false } ? item.Kind
        : ItemKinds.Retained;
}
