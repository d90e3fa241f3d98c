using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>What <c>seeds/towns/*.yaml</c> may say.</summary>
internal static class TownShape
{
    private static readonly ScalarType PostClassName = ScalarType.OneOf("administrative", "institution");

    private static readonly MapType Certificates = new(ScalarType.OneOf([.. CertificateCodes.All]), ScalarType.Date);

    private static readonly Shape Seal = new(
        "seal",
        [
            new("text", Shape.Words, "Text of the one seal (B1)."),
            new(
                "certificate_prefixes",
                new MapType(ScalarType.OneOf([.. CertificateKinds.All]), ScalarType.Text, Least: CertificateKinds.All.Length),
                "Words before a certificate number, by kind of certificate."
            ),
        ]
    );

    private static readonly Shape Powers = new(
        "powers",
        [
            new("total", ScalarType.Whole(0), "Delegated items in all (A1)."),
            new("permit", ScalarType.Whole(0), "Permits among them."),
            new("penalty", ScalarType.Whole(0), "Penalties among them."),
            new("confirmation", ScalarType.Whole(0), "Confirmations among them."),
            new("payment", ScalarType.Whole(0), "Payments among them."),
        ]
    );

    private static readonly Shape Establishment = new(
        "establishment",
        [
            new("party_government_organs", ScalarType.Whole(1), "Party-government organs in the plan (D1)."),
            new("institutions", ScalarType.Whole(0), "Institutions in the plan (D1)."),
            new("administrative_posts", ScalarType.Whole(0), "Approved administrative posts (D2)."),
            new("institution_posts", ScalarType.Whole(0), "Approved institution posts (D2)."),
        ]
    );

    private static readonly Shape Organ = new(
        "organ",
        [
            new("code", ScalarType.Code, "Code of the organ; catalogue rows name it as their bureau."),
            new("name", Shape.Words, "Name of the organ."),
            new("class", PostClassName, "Party-government organ (administrative) or institution."),
            new("plates", new ListType(Shape.Words), "Extra name plates that it hangs (D1).", Required: false),
            new(
                "duties",
                new ListType(ScalarType.Code),
                "What the software asks it for; each duty is carried by one organ.",
                Required: false
            ),
            new("equipment", new ListType(ScalarType.OneOf([.. EquipmentCodes.All])), "Equipment that it has (A5).", Required: false),
            new("minimum_present", ScalarType.Whole(0), "Least number of its people at work on a working day (E9)."),
        ]
    );

    private static readonly Shape Stationed = new(
        "stationed_body",
        [
            new("code", ScalarType.Code, "Code of the body."),
            new("name", Shape.Words, "Name of the body."),
            new("department", ScalarType.Code, "Department that it belongs to."),
            new("works_in", ScalarType.Code, "Organ whose inbox and figures show its cases (F6)."),
            new(
                "first",
                ScalarType.Whole(1),
                "Number of its first officer among the stationed staff; ids follow from it and never change."
            ),
            new("officers", ScalarType.Whole(1), "How many officers it has in the town."),
            new("class", PostClassName, "Class of their posts, which are the county's."),
            new("civil_servant", ScalarType.Flag, "Whether they are civil servants."),
            new("roles", new ListType(ScalarType.Code, Least: 1), "Roles that procedures ask for."),
            new("certificates", Certificates, "Certificates of each of them, with the last valid day.", Required: false),
            new("since", ScalarType.Date, "First day of service in the town."),
        ]
    );

    private static readonly Shape Staffing = new(
        "staffing_group",
        [
            new("first", ScalarType.Whole(1), "Number of the group's first person; ids follow from it and never change."),
            new("count", ScalarType.Whole(1), "How many people are like this."),
            new("organ", ScalarType.Code, "Organ where they work."),
            new("class", PostClassName, "Class of the posts that they hold (D2, D5)."),
            new("civil_servant", ScalarType.Flag, "Whether they are civil servants (E4, E7)."),
            new("roles", new ListType(ScalarType.Code), "Roles that procedures ask for.", Required: false),
            new("certificates", Certificates, "Certificates of each of them, with the last valid day (A5, C2).", Required: false),
            new("since", ScalarType.Date, "First day of service in the town (E3)."),
            new("probation_until", ScalarType.Date, "Last day of probation (E7).", Required: false),
            new("agreement_until", ScalarType.Date, "Last day of a service agreement with the town (E4).", Required: false),
        ]
    );

    public static Shape Root { get; } =
        new(
            "town",
            [
                new("code", ScalarType.Code, "Code of the town: the name of this file and of its catalogue."),
                new("name", Shape.Words, "Name of the town."),
                new("county", ScalarType.Code, "Code of the county above the town: a file of counties/."),
                new("plan_date", ScalarType.Date, "Day of the plan."),
                new(
                    "editions",
                    new ListType(ScalarType.Pattern("^[0-9a-f]{64}$", "a SHA-256 in hexadecimal digits")),
                    "Hashes of earlier editions of the plan's files that mean the same town; one founded from them goes on.",
                    Required: false
                ),
                new(
                    "prefix",
                    ScalarType.Pattern("^[A-Z]{2,4}$", "two to four capital letters"),
                    "Begins case numbers, staff ids and certificates; no other town has it."
                ),
                new("seal", Seal, "The one seal."),
                new("powers", Powers, "Numbers of the plan, against which the catalogue is checked (A1)."),
                new(
                    "guidance",
                    ScalarType.Code,
                    "Provincial guidance catalogue that binds the plan (A8): a file of catalogues/.",
                    Required: false
                ),
                new("establishment", Establishment, "Organs and posts of the plan."),
                new("policy", PolicyShape.Root, "Everything else in which plans differ."),
                new("organs", new ListType(Organ, Least: 1), "Party-government organs and institutions."),
                new(
                    "county_departments",
                    new ListType(ScalarType.Code, Least: 1),
                    "Codes of those of the county's departments that stand above the town."
                ),
                new("stationed", new ListType(Stationed), "Bodies of county departments that are stationed in the town."),
                new("staffing", new ListType(Staffing, Least: 1), "Everybody on the town's posts, in groups of like people."),
            ]
        );
}
