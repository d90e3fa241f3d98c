using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>Kinds of power items (A1), in the order in which the plans count them.</summary>
public static class ItemKinds
{
    public const string Permit = "permit";
    public const string Penalty = "penalty";
    public const string Confirmation = "confirmation";
    public const string Payment = "payment";

    /// <summary>An item of any of these kinds that law keeps at the county (A6).</summary>
    public const string Retained = ListedItem.RetainedKind;

    public static ImmutableArray<string> All { get; } = [Permit, Penalty, Confirmation, Payment];

    /// <summary>Whether people apply for it (依申请). A penalty is imposed of the office's own motion (依职权), also where somebody else told
    /// of the offence.</summary>
    public static bool IsOnApplication(string kind) => kind != Penalty;
}

/// <summary>Kinds of certificates that are numbered (B1): those of items, and permits that the county decides (A6).</summary>
public static class CertificateKinds
{
    public const string CountyPermit = "county-permit";

    public static ImmutableArray<string> All { get; } = [.. ItemKinds.All, CountyPermit];
}

/// <summary>The plans' seven fields (A2).</summary>
public static class ItemFields
{
    public static ImmutableArray<string> All { get; } =
    ["industry", "planning", "town-management", "work-safety", "market", "public-order", "livelihood"];
}

/// <summary>Certificates that people can hold (A5, C2).</summary>
public static class CertificateCodes
{
    public static ImmutableArray<string> All { get; } = ["enforcement", "approval", "safety", "food", "planning", "fire", "environment"];
}

/// <summary>Equipment that organs can have (A5).</summary>
public static class EquipmentCodes
{
    public static ImmutableArray<string> All { get; } =
    ["body-camera", "recorder", "vehicle", "rangefinder", "gas-detector", "sound-meter", "food-test-kit", "seal", "printer"];
}

/// <summary>Circumstances of a penalty, from the lightest on (C4).</summary>
public static class Circumstances
{
    public const string Minor = "minor";

    public static ImmutableArray<string> All { get; } = [Minor, "ordinary", "serious"];
}

/// <summary>Duties that software asks for by name; each is carried by one organ or department.</summary>
public static class DutyCodes
{
    /// <summary>Duties that one of the town's organs must carry.</summary>
    public static ImmutableArray<string> Town { get; } =
    ["service", "enforcement", "party-committee", "personnel", "legal", "finance", "hall", "grid"];

    /// <summary>Takes over what is a crime (公安机关).</summary>
    public const string Police = "police";

    /// <summary>Duties that one of the departments above the town must carry.</summary>
    public static ImmutableArray<string> County { get; } = ["organisation", "leading-group", "establishment", Police];
}

/// <summary>What only one of the plans asks for.</summary>
public static class Provisions
{
    /// <summary>B4: an agent pays for the party (代缴).</summary>
    public const string PayOnBehalf = "pay-on-behalf";

    public static ImmutableArray<string> All { get; } =
    [
        "agent-services",
        "branch-stars",
        "finance-day",
        "five-facilities",
        "leave-shift",
        "major-project-list",
        "member-points",
        PayOnBehalf,
        "small-power-list",
        "town-treasury",
        "village-areas",
    ];
}

/// <summary>Actors that aren't roles of the town's staff.</summary>
public static class OutsideRoles
{
    public const string Public = "public";
    public const string County = "county";
    public const string System = "system";

    /// <summary>Anybody of the town's staff.</summary>
    public const string Staff = "staff";

    /// <summary>Those who aren't of the town.</summary>
    public static ImmutableArray<string> Apart { get; } = [Public, County, System];

    public static ImmutableArray<string> All { get; } = [.. Apart, Staff];
}
