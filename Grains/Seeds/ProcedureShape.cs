using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What <c>seeds/procedures/*.yaml</c> may say.</summary>
internal static class ProcedureShape
{
    private static readonly ListType Names = new(ScalarType.FieldName);

    private const string Named = @"(law|own):[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+";

    private static readonly ScalarType Figure = ScalarType.Pattern(
        @$"^{Named}(\|{Named})*$",
        "a figure of seeds/law by name, such as law:penalty.decide.days or own:service.filing.days; several with | between them: "
            + "the first that the law of the day has"
    );

    private static readonly ScalarType Hands = ScalarType.Pattern(
        @$"^([01]|{Named}(\|{Named})*)$",
        "0, 1, or the figure that asks for more, such as law:penalty.officers.people"
    );

    private static readonly Shape Open = new(
        "open",
        [
            new("rules", Names, "Rules asked when a case is opened.", Required: false),
            new("clock", ScalarType.OneOf("start"), "The case's clock starts when it is opened.", Required: false),
            new("needs", Names, "Fields that opening must carry.", Required: false),
            new("takes", Names, "Fields that opening may carry.", Required: false),
        ]
    );

    private static readonly Shape Field = new(
        "field",
        [
            new("type", ScalarType.OneOf([.. Enum.GetValues<FieldType>().Select(EnumCodes.Of)]), "Type of the value."),
            new("values", new ListType(ScalarType.FieldName, Least: 1), "The closed set of a choice.", Required: false),
            new("name", Shape.Words, "What people read."),
        ]
    );

    private static readonly Shape Act = new(
        "act",
        [
            new("name", Shape.Words, "What people read."),
            new("to", ScalarType.Code, "Next step or end."),
            new(
                "clock",
                ScalarType.OneOf([.. Enum.GetValues<ClockAct>().Select(EnumCodes.Of)]),
                "What it does to the case's clock.",
                Required: false
            ),
            new("by", new ListType(ScalarType.Code, Least: 1), "Who may do it; absent: the step's role.", Required: false),
            new(
                "when",
                new MapType(ScalarType.FieldName, new ListType(ScalarType.FieldName, Least: 1)),
                "The act exists only for these values of fields.",
                Required: false
            ),
            new("needs", Names, "Fields that the act must carry.", Required: false),
            new("takes", Names, "Fields that the act may carry.", Required: false),
            new("rules", Names, "Rules asked by name.", Required: false),
            new("effects", Names, "Effects that leave with the event.", Required: false),
            new("decides", ScalarType.Flag, "The act exercises the power: authority is checked at this instant.", Required: false),
            new(
                "batch",
                ScalarType.Flag,
                "It may be done on many cases at once: it needs no fields, and decides nothing.",
                Required: false
            ),
            new("extends", Figure, "By how much it lengthens the limit: a figure of seeds/law.", Required: false),
            new("visit", ScalarType.Flag, "The party came to the hall for it (B6).", Required: false),
            new("owner", ScalarType.FieldName, "Field that names the person who owns the case from now on.", Required: false),
            new(
                "stays",
                ScalarType.Flag,
                "The case stays at this step, which `to` names, and the step's time goes on as it began.",
                Required: false
            ),
            new("claims", ScalarType.FieldName, "Field with a number that is used once only in the town (C5).", Required: false),
            new("warns", ScalarType.Flag, "The case turns amber with it, where it isn't worse already (B5).", Required: false),
        ]
    );

    private static readonly MapType Acts = new(ScalarType.Code, Act);

    private static readonly Shape Step = new(
        "step",
        [
            new("name", Shape.Words, "What people read."),
            new(
                "at",
                ScalarType.Pattern(Place.Pattern, "duty:X, item, county, county-duty:X, owner, subject, field:X or outside"),
                "Where it is done: the organ that carries a duty, the item's bureau or county department, the department that carries a "
                    + "duty, the person who owns the case or whom it is about, whom or what a field names, or outside."
            ),
            new(
                "role",
                ScalarType.Code,
                "Role that does it; for outside steps who is waited for. At one person's place it may be left out.",
                Required: false
            ),
            new("hands", Hands, "How many do it together; 1 by default, 0 outside; more by a figure of seeds/law.", Required: false),
            new(
                "certificates",
                new ListType(ScalarType.OneOf([.. CertificateCodes.All, "item"])),
                "Certificates that each of them needs.",
                Required: false
            ),
            new("separate_from", new ListType(ScalarType.Code), "Steps whose officers may not do this one.", Required: false),
            new("limit", Figure, "Limit of this step by itself: a figure of seeds/law.", Required: false),
            new(
                "next_working_day",
                ScalarType.Flag,
                "A limit in calendar days that ends on a day of rest ends on the next working day (民法典 §203); always so where "
                    + "the public is waited for.",
                Required: false
            ),
            new("limit_field", ScalarType.FieldName, "Date field whose day is the step's last.", Required: false),
            new("on_expiry", ScalarType.Code, "Act of this step that the system does when the limit has passed.", Required: false),
            new("work", ScalarType.Code, "Name of the work, for service times.", Required: false),
            new("acts", Acts with { Least = 1 }, "Acts by code."),
        ]
    );

    private static readonly Shape End = new(
        "end",
        [
            new("name", Shape.Words, "What people read."),
            new("disposition", ScalarType.OneOf("decided", "withdrawn", "transferred"), "How the conservation check counts it (A3)."),
            new("granted", ScalarType.Flag, "The power was exercised in the party's favour, or the penalty imposed.", Required: false),
        ]
    );

    public static Shape Root { get; } =
        new(
            "procedure",
            [
                new("procedure", ScalarType.Code, "Code: the name of this file."),
                new("version", ScalarType.Whole(1), "Rises with each change; open cases keep theirs."),
                new("name", Shape.Words, "What people read."),
                new("kinds", new ListType(ScalarType.OneOf([.. Subject.AllKinds]), Least: 1), "Kinds of subject that it takes."),
                new("route", ScalarType.OneOf("town", "county", "internal"), "Who decides."),
                new("opened_by", new ListType(ScalarType.Code, Least: 1), "Who may open: public, county, system, staff, or roles."),
                new(
                    "promise",
                    Figure,
                    "Limit that the town promises for the whole case: a figure of seeds/law, where no item has one.",
                    Required: false
                ),
                new(
                    "charges",
                    ScalarType.Flag,
                    "It collects the fee of its item (C5); the town fills in the fields fee and fee-due when a case is opened.",
                    Required: false
                ),
                new("labels", Names, "Labels by which lists ask for its cases: of its matter, or fields.", Required: false),
                new(
                    "law",
                    ScalarType.Code,
                    "The statute that it is of, by its file under seeds/law: a decision's record cites its text then in force.",
                    Required: false
                ),
                new("start", ScalarType.Code, "First step."),
                new("open", Open, "Opening.", Required: false),
                new("fields", new MapType(ScalarType.FieldName, Field), "Fields that acts carry.", Required: false),
                new("steps", new MapType(ScalarType.Code, Step, Least: 1), "Steps by code."),
                new("anywhere", Acts, "Acts possible in every step that is not an end.", Required: false),
                new("ends", new MapType(ScalarType.Code, End, Least: 1), "Ends by code."),
            ]
        );
}
