using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What a scenario may change of the towns: people, days with more or fewer cases, closed counters, powers that come later.
/// </summary>
internal static partial class WhatIfShape
{
    private static readonly ScalarType People = new(
        "a change such as -2 or +1, or a number of people",
        value => PeopleNumber().IsMatch(value),
        false,
        () => new() { ["type"] = new JsonArray("integer", "string"), ["pattern"] = "^[+-]?[0-9]{1,3}$" }
    );

    private static readonly Shape Season = new(
        "season",
        [
            new("from", ScalarType.Date, "First day."),
            new("until", ScalarType.Date, "Last day, included."),
            new("factor", ScalarType.Quantity("a factor", 0, 1000), "Factor on the number of cases of each of these days."),
            new(
                "kinds",
                new ListType(ScalarType.OneOf([.. Subject.Item.Kinds]), Least: 1),
                "Kinds of items; absent: all.",
                Required: false
            ),
            new("items", new ListType(ScalarType.Text, Least: 1), "Items by code; absent: all.", Required: false),
            new("towns", new ListType(ScalarType.Code, Least: 1), "Towns; absent: all.", Required: false),
        ]
    );

    private static readonly Shape Closing = new(
        "closure",
        [
            new("from", ScalarType.Date, "First day."),
            new("until", ScalarType.Date, "Last day, included."),
            new("towns", new ListType(ScalarType.Code, Least: 1), "Towns; absent: all.", Required: false),
            new("office", ScalarType.Code, "Organ or department whose counter is closed; absent: all counters.", Required: false),
            new(
                "remote_share",
                ScalarType.Fraction,
                "Share of those who would have come that day and apply by phone or online instead; the others come when the counter opens "
                    + "again. 0 where absent.",
                Required: false
            ),
        ]
    );

    /// <summary>Its keys in a scenario.</summary>
    public static ImmutableArray<Key> Keys { get; } =
    [
        new(
            "people",
            new MapType(ScalarType.Code, new MapType(ScalarType.Code, new MapType(ScalarType.Code, People))),
            "Other numbers of people than the plans have, by town, office (an organ, or a department of the county) and role: -2 or "
                + "+1 from what there is, or a number.",
            Required: false
        ),
        new("season", new ListType(Season), "Days with more or fewer cases than usual; factors multiply.", Required: false),
        new(
            "closures",
            new ListType(Closing),
            "Days on which counters are closed: nobody comes in person, work on what is there goes on.",
            Required: false
        ),
        new(
            "kept_by_county",
            new MapType(ScalarType.Code, new ListType(ScalarType.Text, Least: 1)),
            "Items by town that the county keeps at the founding; adjustments may grant them on a day.",
            Required: false
        ),
    ];

    [GeneratedRegex(@"\A[+-]?[0-9]{1,3}\z")]
    private static partial Regex PeopleNumber();
}
