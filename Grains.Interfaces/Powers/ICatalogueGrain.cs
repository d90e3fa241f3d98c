using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>The town's list of powers and duties (权责清单). Keyed world/town. Says what the town holds on which day, with versions (A3,
/// A4).</summary>
[Alias("catalogue")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>How the town stands to an item on a day; asked at the instant of opening and of decision.</summary>
    [ReadOnly, Alias("holding")]
    Task<Outcome<PowerHolding>> HoldingAsync(string item, DateOnly day);

    /// <summary>How the town stands to an item on a day, and each change by which it came to that.</summary>
    [ReadOnly, Alias("power")]
    Task<Outcome<PowerHistory>> PowerAsync(string item, DateOnly day);

    /// <summary>Every item with its standing on a day.</summary>
    [ReadOnly, Alias("list")]
    Task<Outcome<CatalogueView>> ListAsync(DateOnly day);
}

/// <summary>How an item stands on a day.</summary>
public enum PowerStanding
{
    /// <summary>Not granted, or not yet.</summary>
    NotHeld = 1,
    InForce = 2,
    Suspended = 3,
    Recalled = 4,
}

/// <summary>A change by procedure (A4).</summary>
public enum PowerChange
{
    Grant = 1,
    Suspend = 2,
    Adjust = 3,
    Recall = 4,
}

/// <summary>What becomes of open cases when a power is recalled or suspended.</summary>
public enum InFlightRule
{
    /// <summary>Cases begun under the power are finished by the town (办结).</summary>
    Finish = 1,

    /// <summary>Cases go back to the county with their file (移交).</summary>
    HandBack = 2,

    /// <summary>Cases stand still until the power returns (中止).</summary>
    Freeze = 3,
}

/// <param name="Item">Item code.</param>
/// <param name="Version">Version of the item in force on the day; 0 when never granted.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Since">From which day it stands so.</param>
/// <param name="PromisedLimit">Promised limit that an adjustment set (such as <c>5wd</c>), else null: the catalogue's.</param>
[GenerateSerializer, Immutable, Alias("power-holding")]
public sealed record PowerHolding(string Item, int Version, PowerStanding Standing, DateOnly? Since, string? PromisedLimit);

/// <param name="Holding">How it stands on the day.</param>
/// <param name="NotReady">The founding passed it over because its bureau lacked people or equipment (A5), and nobody has granted it
/// since.</param>
/// <param name="Changes">Each change, oldest first, later than the day too.</param>
[GenerateSerializer, Immutable, Alias("power-history")]
public sealed record PowerHistory(PowerHolding Holding, bool NotReady, ImmutableArray<PowerHolding> Changes);

/// <param name="Items">Every item of the plan with its standing.</param>
/// <param name="NotReady">Items that the founding did not put in force because their bureaus lacked people or equipment (A5), and that are
/// not granted since.</param>
[GenerateSerializer, Immutable, Alias("catalogue-view")]
public sealed record CatalogueView(string Town, DateOnly Day, ImmutableArray<PowerHolding> Items, ImmutableArray<string> NotReady);
