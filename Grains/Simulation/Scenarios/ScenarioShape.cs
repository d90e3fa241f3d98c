using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>What <c>seeds/scenarios/*.yaml</c> may say.</summary>
internal static class ScenarioShape
{
    private static readonly ScalarType Factor = new(
        "a number above 0, at most 1000",
        value => ScalarType.TryAmount(value, out var factor) && factor is > 0 and <= 1000,
        true,
        () =>
            new()
            {
                ["type"] = "number",
                ["exclusiveMinimum"] = 0,
                ["maximum"] = 1000,
            }
    );

    private static readonly Shape Route = new(
        "route",
        [
            new("procedure", ScalarType.Code, "Procedure that the case takes."),
            new("share", ScalarType.Fraction, "Share of the cases that come this far; absent: all.", Required: false),
            new("if", new ListType(ScalarType.Code), "Traits that the case must have.", Required: false),
        ]
    );

    /// <summary>The routes of a kind: one procedure for all, or a list.</summary>
    public static readonly WordOrList Routes = new(ScalarType.Code, "procedure", new ListType(Route, Least: 1));

    private static readonly Shape Choice = new(
        "choice",
        [
            new("act", ScalarType.Code, "Act of the procedure, open, or none: stay silent until the limit expires."),
            new("share", ScalarType.Fraction, "Probability once it applies; absent: always.", Required: false),
            new(
                "if",
                new ListType(ScalarType.Pattern("^(not-)?[a-z][a-z0-9_-]*(=[^ ]*)?$", "a trait, not-trait, or field=value")),
                "Conditions, all of which hold.",
                Required: false
            ),
            new("once", ScalarType.Flag, "At most once in a case.", Required: false),
            new("after_days", ScenarioQuantities.Days, "For steps outside: days until it is done.", Required: false),
            new(
                "at",
                ScalarType.OneOf("counter", "remote"),
                "For steps outside: counter (comes while the office is open) or remote (by remote_hour); absent: counter where "
                    + "the procedure counts a visit.",
                Required: false
            ),
            new("clears", ScalarType.Code, "Trait that it takes away.", Required: false),
            new("fields", new MapType(ScalarType.FieldName, ScalarType.Text), "Fields; a value with $ is worked out.", Required: false),
        ]
    );

    // Each share is one that a matter declares.
    private static readonly Shape Parties = new(
        "parties",
        [.. MatterLibrary.Simulation.AllParties.SelectMany(p => p.Shares).Select(s => new Key(s.Name, ScalarType.Fraction, s.About))]
    );

    public static Shape Root { get; } =
        new(
            "scenario",
            [
                new("scenario", ScalarType.Code, "Code of this scenario."),
                new(
                    "extends",
                    ScalarType.Text,
                    "Scenario that this one is built on: its name, or the path of its file. What is said here joins or replaces what that "
                        + "one says; an empty value takes a key away.",
                    Required: false
                ),
                new("name", Shape.Words, "What people read."),
                new("from", ScalarType.Date, "First day."),
                new("until", ScalarType.Date, "Last day, included."),
                new(
                    "opens_on",
                    ScalarType.Date,
                    "Day on which a demo world opens that is filled by it; all days move along when it opens on another.",
                    Required: false
                ),
                new(
                    "left_lying_days",
                    ScenarioQuantities.DaysLater,
                    "For so many days before a demo world opens, one case at each step of each town is left lying.",
                    Required: false
                ),
                new(
                    "office_hours",
                    new ListType(
                        ScalarType.Pattern("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", "a span such as 08:30-12:00"),
                        Least: 1
                    ),
                    "Spans of the office day, in order."
                ),
                new(
                    "towns",
                    new MapType(ScalarType.Code, ScalarType.Pattern("^[^\\s].*\\.csv$", "a CSV file"), Least: 1),
                    "Demand file by town, beside the file that names it or by its path."
                ),
                new(
                    "target",
                    ScalarType.Fraction,
                    "Share of cases that are to be decided on time, by which the verdict on a town goes. 0.95 where absent.",
                    Required: false
                ),
                .. WhatIfShape.Keys,
                new("demand_scale", Factor, "Factor on all yearly case numbers.", Required: false),
                new("pace", Factor, "Factor on the speed of all work.", Required: false),
                new(
                    "weekday",
                    new ListType(ScenarioQuantities.Weight, Least: 7, Most: 7),
                    "Relative demand, Monday to Sunday; only working days have any."
                ),
                new(
                    "hour",
                    new MapType(ScalarType.Pattern("^(1?[0-9]|2[0-3])$", "an hour from 0 to 23"), ScenarioQuantities.Weight),
                    "Relative demand by hour; 1 where absent."
                ),
                new(
                    "remote_hour",
                    new MapType(ScalarType.Pattern("^(1?[0-9]|2[0-3])$", "an hour from 0 to 23"), ScenarioQuantities.Weight),
                    "Relative weight by hour, round the clock, of what parties do without coming to a counter (by phone, at a "
                        + "bank, online); 1 where absent.",
                    Required: false
                ),
                new(
                    "routes",
                    new MapType(ScalarType.OneOf([.. Subject.Item.Kinds]), Routes, Least: 5),
                    "Procedures by kind of item: one, or several with shares. A kind of which each goes to the county is the county's from "
                        + "the founding."
                ),
                new("work", new MapType(ScalarType.Code, ScenarioQuantities.Minutes), "Minutes by name of work."),
                new("parties", Parties, "How parties and offences differ."),
                new(
                    "behaviour",
                    new MapType(ScalarType.Code, new MapType(ScalarType.Code, new ListType(Choice, Least: 1))),
                    "Choices by procedure and step; open for the opening."
                ),
                new(
                    "leave",
                    new Shape(
                        "leave",
                        [
                            new("block_days", ScenarioQuantities.LeaveDays, "Working days of one leave."),
                            new("taken", ScalarType.Fraction, "Share of the entitlement that is taken."),
                        ]
                    ),
                    "Leave of the staff."
                ),
                .. MatterLibrary.Simulation.Parts.Select(part => part.Key),
                new(
                    "assessment",
                    new Shape(
                        "assessment",
                        [
                            new("on", ScalarType.Date, "Day of marking."),
                            new("proposed", ScalarType.Fraction, "Share proposed as excellent."),
                            new("basic", ScalarType.Fraction, "Share found basically competent."),
                            new("failing", ScalarType.Fraction, "Share found not competent."),
                        ]
                    ),
                    "The yearly assessment (E7)."
                ),
            ]
        )
        {
            BuiltOn = ScenarioChain.Extends,
            Own = ["scenario", "name"],
        };

    /// <summary>Step name under which a procedure's opening stands.</summary>
    public const string Opening = CaseRules.OpenAct;

    /// <summary>Act of staying silent.</summary>
    public const string Silence = "none";
}
