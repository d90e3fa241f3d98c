using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Plans;

/// <summary>One town's plan: everything in which towns differ. Loaded from <c>seeds/towns/*.yaml</c>; a third town needs no code.</summary>
public sealed record TownPlan
{
    public required string Code { get; init; }
    public required Words Name { get; init; }

    /// <summary>The county above the town, with all its departments.</summary>
    public required County County { get; init; }
    public required DateOnly PlanDate { get; init; }

    /// <summary>The county's time zone; turns a command's moment into the town's day.</summary>
    public TimeZoneInfo TimeZone => County.TimeZone;

    /// <summary>Two capital letters that begin case numbers, staff ids and certificates.</summary>
    public required string Prefix { get; init; }
    public required Words SealText { get; init; }

    /// <summary>Words before a certificate number, by kind of item (烟行许 …).</summary>
    public required ImmutableDictionary<string, string> CertificatePrefixes { get; init; }
    public required int AdministrativePosts { get; init; }
    public required int InstitutionPosts { get; init; }
    public required ImmutableArray<Organ> Organs { get; init; }

    /// <summary>Those of the county's departments that stand above this town, in the plan's order.</summary>
    public required ImmutableArray<CountyDepartment> CountyDepartments { get; init; }
    public required ImmutableArray<StationedBody> Stationed { get; init; }
    public required TownPolicy Policy { get; init; }

    /// <summary>Items by code: the delegated ones and those that law keeps at the county.</summary>
    public required ImmutableDictionary<string, PowerItem> Items { get; init; }

    /// <summary>Codes of the provincial guidance catalogue, where the plan is bound by one (A8); null where it is not.</summary>
    public required ImmutableHashSet<string>? Guidance { get; init; }

    /// <summary>Everybody on the town's posts, expanded from the plan's staffing table; ids are stable.</summary>
    public required ImmutableArray<StaffFacts> Staff { get; init; }

    /// <summary>Officers of the stationed bodies: not on the town's posts, but at work in the organ that <see cref="StaffFacts.Organ"/>
    /// names (F6).</summary>
    public required ImmutableArray<StaffFacts> StationedStaff { get; init; }

    /// <summary>SHA-256 (hex, lower case) over the town's file and its catalogues.</summary>
    public required string Hash { get; init; }

    /// <summary>Hashes of earlier editions of the same plan: a town that was founded from one of them goes on.</summary>
    public ImmutableArray<string> Editions { get; init; } = [];

    /// <summary>Whether a plan with that hash is this one, or an earlier edition of it.</summary>
    public bool IsEdition(string hash) => hash == Hash || Editions.Contains(hash);

    /// <summary>The organ that carries a duty, such as <c>service</c> (one window) or <c>enforcement</c>.</summary>
    public Organ OrganFor(string duty) => Organs.First(o => o.Duties.Contains(duty));

    /// <summary>Workplace key (without the world) of the organ that carries a duty.</summary>
    public string WorkplaceOf(string duty) => WorkplaceAt(OrganFor(duty).Code);

    /// <summary>Workplace key (without the world) of one of the town's organs.</summary>
    public string WorkplaceAt(string organ) => $"{Code}/{organ}";

    /// <summary>Workplace key (without the world) of a county department.</summary>
    public string OfficeAt(string department) => $"{County.Code}/{department}";

    /// <summary>Workplace key (without the world) of the county department that carries a duty.</summary>
    public string OfficeOf(string duty) => OfficeAt(CountyDepartments.First(d => d.Duties.Contains(duty)).Code);

    /// <summary>Name of an office that acts or has work here: an organ of the town, else a department of the county; null for
    /// neither.</summary>
    public Words? OfficeName(string code) =>
        Organs.FirstOrDefault(o => o.Code == code)?.Name ?? County.Departments.FirstOrDefault(d => d.Code == code)?.Name;

    /// <summary>Whether a workplace key is one of this town's organs; else it is a county office.</summary>
    public bool IsOwn(string workplace) =>
        workplace.Length > Code.Length && workplace[Code.Length] == '/' && workplace.StartsWith(Code, StringComparison.Ordinal);

    /// <summary>The day in the town at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);
}

/// <summary>A party-government organ or an institution of the town (D1), with the extra name plates that it hangs.</summary>
/// <param name="Class">Whether its posts are administrative (党政工作机构) or institution posts (事业单位).</param>
/// <param name="Duties">What the software asks it for: <c>service</c>, <c>enforcement</c>, <c>party-committee</c>, <c>personnel</c> …; may
/// be empty.</param>
/// <param name="Equipment">Equipment codes that it has (A5).</param>
public sealed record Organ(
    string Code,
    Words Name,
    PostClass Class,
    ImmutableArray<Words> Plates,
    ImmutableArray<string> Duties,
    ImmutableArray<string> Equipment,
    int MinimumPresent
);

/// <summary>A county body stationed in the town (派驻机构); its daily work is under the town (F6).</summary>
/// <param name="WorksIn">Organ whose inbox and figures show its cases.</param>
public sealed record StationedBody(
    string Code,
    Words Name,
    string Department,
    string WorksIn,
    int Officers,
    ImmutableArray<string> Certificates
);

/// <summary>Every policy difference between the plans, as data.</summary>
public sealed record TownPolicy
{
    /// <summary>E3: which levels may never second a person with less than <see cref="SecondmentMinimumYears"/> of service.</summary>
    public required ImmutableHashSet<GovernmentLevel> SecondmentBanLevels { get; init; }
    public required int SecondmentMinimumYears { get; init; }

    /// <summary>E2: longest secondment as a rule, in months from its first day.</summary>
    public required int SecondmentMonths { get; init; }

    /// <summary>E7: share of "excellent" by the plan, per group, as a fraction (0.20); null where the general shares hold.</summary>
    public required decimal? ExcellentShare { get; init; }

    /// <summary>B2: whether a recorded special circumstance may justify another seal at city level.</summary>
    public required bool ExtraSealBySpecialCircumstance { get; init; }

    /// <summary>A5: for how many months after being granted an item is used under the county department's guidance.</summary>
    public required int GuidanceMonths { get; init; }

    /// <summary>B9: whether the plan knows a green channel for projects.</summary>
    public required bool GreenChannel { get; init; }

    /// <summary>B9: limit of a green-channel case as a fraction of the promised limit; rounded up to whole days, never below one.</summary>
    public decimal GreenLimitFraction { get; init; } = 1m;

    /// <summary>C5: the treasury account that fines and fees go to.</summary>
    public required string TreasuryAccount { get; init; }

    /// <summary>G1, G2: what the rebate is measured against.</summary>
    public required RebateBase RebateBase { get; init; }

    /// <summary>G1: the year whose revenue is the base; null where the base is last year.</summary>
    public required int? RebateBaseYear { get; init; }

    /// <summary>G3: share of non-tax income collected in the town that comes to it, after centre and province.</summary>
    public required decimal NonTaxShare { get; init; }

    /// <summary>E11: whether the plan promises the civil servants' year-end bonus in full.</summary>
    public required bool YearEndBonus { get; init; }

    /// <summary>E9: whether leave not taken for work is compensated by rule.</summary>
    public required bool LeaveCompensation { get; init; }

    /// <summary>F5: weight of public satisfaction in the town's assessment, as a fraction; 0 where the plan has no two-way
    /// assessment.</summary>
    public required decimal SatisfactionWeight { get; init; }

    /// <summary>D5: professions for which contract specialists may be taken on outside the posts; empty where the plan names
    /// none.</summary>
    public required ImmutableHashSet<string> ContractProfessions { get; init; }

    /// <summary>D7: whether the party committee's opinion on a stationed head must be in writing and go with the file.</summary>
    public required bool WrittenAppointmentOpinion { get; init; }

    /// <summary>B11: whether a rented home counts as a lawful stable home.</summary>
    public required bool RentedHomeCounts { get; init; }

    /// <summary>B11: whether start-ups and talent are encouraged to settle.</summary>
    public required bool TalentSettlement { get; init; }

    /// <summary>E11, G8, G9, H4: what only this plan asks for, by name: see <see cref="Provisions"/>.</summary>
    public required ImmutableHashSet<string> Provisions { get; init; }
}

public enum RebateBase
{
    /// <summary>Fiscal revenue of a fixed year (Yandian: 2015).</summary>
    FixedYear = 1,

    /// <summary>Last year's local tax revenue (Guyun).</summary>
    LastYear = 2,
}
