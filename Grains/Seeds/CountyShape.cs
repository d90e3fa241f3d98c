using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What <c>seeds/counties/*.yaml</c> may say.</summary>
internal static class CountyShape
{
    private static readonly Shape Department = new(
        "department",
        [
            new("code", ScalarType.Code, "Code of the department; towns and catalogue rows name it."),
            new("name", Shape.Words, "Name of the department."),
            new("level", ScalarType.OneOf("county", "city", "province"), "Level of government (E3)."),
            new("duties", new ListType(ScalarType.Code), "What the software asks it for.", Required: false),
        ]
    );

    private static readonly Shape Person = new(
        "person",
        [
            new("id", ScalarType.Code, "Id of the person; never given to another."),
            new("name", Shape.Words, "Name of the person."),
            new("office", ScalarType.Code, "Code of the department."),
            new(
                "roles",
                new ListType(ScalarType.OneOf(OutsideRoles.County)),
                "As what its work is given to them (county when left out); an empty list for those who only speak for it.",
                Required: false
            ),
            new("since", ScalarType.Date, "First day in office."),
            new("until", ScalarType.Date, "Last day in office.", Required: false),
        ]
    );

    public static Shape Root { get; } =
        new(
            "county",
            [
                new("code", ScalarType.Code, "Code of the county: the name of this file; begins the keys of its departments."),
                new("name", Shape.Words, "Name of the county or county-level city."),
                new("time_zone", ScalarType.Text, "IANA time zone of the county and its towns, such as Asia/Shanghai."),
                new("departments", new ListType(Department, Least: 1), "Departments above the towns."),
                new("people", new ListType(Person, Least: 1), "Those of their people who handle the towns' matters."),
            ]
        );
}
