using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Tests.Fixtures;

/// <summary>Two small towns that differ in policy as the real ones do: Elm like Yandian, Oak like Guyun (bound by a guidance
/// catalogue).</summary>
public static class TestPlans
{
    public const string Permit = "EL-P-1";
    public const string Penalty = "EL-F-1";
    public const string Retained = "EL-R-1";

    public static TownPolicy ElmPolicy { get; } =
        new()
        {
            SecondmentBanLevels = [GovernmentLevel.County],
            SecondmentMinimumYears = 2,
            SecondmentMonths = 6,
            ExcellentShare = 0.20m,
            ExtraSealBySpecialCircumstance = true,
            GuidanceMonths = 12,
            GreenChannel = false,
            TreasuryAccount = "EL-TREASURY",
            RebateBase = RebateBase.FixedYear,
            RebateBaseYear = 2015,
            NonTaxShare = 0.6m,
            YearEndBonus = false,
            LeaveCompensation = false,
            SatisfactionWeight = 0m,
            ContractProfessions = [],
            WrittenAppointmentOpinion = true,
            RentedHomeCounts = true,
            TalentSettlement = false,
            Provisions = [],
        };

    public static TownPolicy OakPolicy { get; } =
        ElmPolicy with
        {
            SecondmentBanLevels = [GovernmentLevel.County, GovernmentLevel.City, GovernmentLevel.Province],
            ExtraSealBySpecialCircumstance = false,
        };

    /// <summary>The county of all of them. Only Oak, not the first of its towns, is under the city's water bureau. Somebody of its
    /// construction department has left it at the end of 2019.</summary>
    public static County Grove { get; } =
        new()
        {
            Code = "grove",
            Name = new("林县", "Grove"),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
            Departments =
            [
                new(
                    "construction",
                    new("住建局", "Construction"),
                    GovernmentLevel.County,
                    [Official("construction-1", "construction"), Official("construction-2", "construction", new(2019, 12, 31))],
                    []
                ),
                new(
                    "city-construction",
                    new("市住建局", "City construction"),
                    GovernmentLevel.City,
                    [Official("city-construction-1", "city-construction")],
                    []
                ),
                new("city-water", new("市水利局", "City water"), GovernmentLevel.City, [Official("city-water-1", "city-water")], []),
            ],
        };

    public static TownPlan Elm { get; } =
        new()
        {
            Code = "elm",
            Name = new("榆镇", "Elm"),
            County = Grove,
            PlanDate = new(2019, 4, 9),
            Prefix = "EL",
            SealText = new("榆镇审批专用章", "Elm's seal for approval"),
            CertificatePrefixes = new Dictionary<string, string>
            {
                ["permit"] = "榆行许",
                ["penalty"] = "榆综执罚",
            }.ToImmutableDictionary(),
            AdministrativePosts = 5,
            InstitutionPosts = 3,
            Organs =
            [
                new(
                    Code: "service",
                    Name: new("政务服务局", "Service bureau"),
                    Class: PostClass.Administrative,
                    Plates: [],
                    Duties: ["service"],
                    Equipment: ["printer"],
                    MinimumPresent: 1
                ),
                new(
                    Code: "enforcement",
                    Name: new("执法局", "Enforcement bureau"),
                    Class: PostClass.Administrative,
                    Plates: [],
                    Duties: ["enforcement"],
                    Equipment: ["camera"],
                    MinimumPresent: 1
                ),
            ],
            CountyDepartments = [],
            Stationed = [],
            Policy = ElmPolicy,
            Items = Items(
                Item(Permit, "permit", "service", "G-1"),
                Item(Penalty, "penalty", "enforcement", "G-2"),
                Item(Retained, "permit", "service", null) with
                {
                    Retained = true,
                }
            ),
            Guidance = null,
            Staff =
            [
                Person("EL-001", "service"),
                Person("EL-002", "enforcement") with
                {
                    Class = PostClass.Institution,
                    CivilServant = false,
                },
            ],
            StationedStaff = [Person("EL-S01", "service") with { Roles = ["stationed"] }],
            Hash = new string('e', 64),
        };

    public static TownPlan Oak { get; } =
        Elm with
        {
            Code = "oak",
            Name = new("橡镇", "Oak"),
            Prefix = "OK",
            Policy = OakPolicy,
            CountyDepartments = Grove.Departments,
            Guidance = ["G-1", "G-2"],
            Hash = new string('0', 64),
        };

    /// <summary>Elm with departments above it and as many posts as the real Yandian.</summary>
    public static TownPlan Ash { get; } =
        Elm with
        {
            Code = "ash",
            Prefix = "AS",
            CountyDepartments = [.. Grove.Departments.Where(d => d.Code != "city-water")],
            AdministrativePosts = 50,
            InstitutionPosts = 65,
            Staff = [.. Elm.Staff.Select(p => p with { Town = "ash" })],
            StationedStaff = [.. Elm.StationedStaff.Select(p => p with { Town = "ash" })],
        };

    public static SeedLibrary Library { get; } =
        new(
            "in code",
            new[] { Elm, Oak, Ash }.ToFrozenDictionary(t => t.Code),
            FrozenDictionary<string, Procedure>.Empty,
            new WorkCalendar(2018, 2022, new Dictionary<DateOnly, bool>()),
            RealSeeds.Library.Law
        );

    public static StaffFacts Person(string id, string organ, string town = "elm") =>
        new(
            Id: id,
            Town: town,
            Organ: organ,
            Class: PostClass.Administrative,
            CivilServant: true,
            Roles: ["clerk"],
            Certificates: [new("approval", new(2020, 6, 30))],
            Since: new(2016, 3, 1),
            ProbationUntil: null,
            AgreementUntil: null,
            Absences: []
        );

    public static CountyPerson Official(string id, string office, DateOnly? until = null) =>
        new(id, new("张三", "Zhang San"), office, ["county"], new(2015, 3, 2), until);

    public static PowerItem Item(string code, string kind, string bureau, string? guidance) =>
        new()
        {
            Code = code,
            Name = new("事项", "Item"),
            Kind = kind,
            Field = "town-management",
            CountyDepartment = "construction",
            Bureau = bureau,
            LegalBasis = "§1",
            Papers = [],
            Statutory = LimitRule.Of(new(20, DayUnit.Working)),
            Promised = new(10, DayUnit.Working),
            Fee = 0m,
            Bands = [],
            Certificates = [],
            Equipment = [],
            InFlight = InFlightRule.Finish,
            Guidance = guidance,
            Retained = false,
            Provenance = "test",
        };

    public static ImmutableDictionary<string, PowerItem> Items(params PowerItem[] items) => items.ToImmutableDictionary(i => i.Code);
}
