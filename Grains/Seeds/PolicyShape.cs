using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Seeds;

/// <summary>The <c>policy</c> part of a town's file, and how it becomes a <see cref="TownPolicy"/>.</summary>
internal static class PolicyShape
{
    private static readonly Shape Secondment = new(
        "secondment",
        [
            new(
                "ban_levels",
                new ListType(ScalarType.OneOf("county", "city", "province")),
                "Levels that may never second somebody with less than the minimum years (E3)."
            ),
            new("minimum_years", ScalarType.Whole(0), "Years of service that lift the ban (E3)."),
            new("months", ScalarType.Whole(1), "Longest secondment as a rule, from its first day (E2)."),
        ]
    );

    private static readonly Shape Rebate = new(
        "rebate",
        [
            new("base", ScalarType.OneOf("fixed-year", "last-year"), "What tax above the base is measured against (G1, G2)."),
            new("year", ScalarType.Whole(1949), "The fixed year.", Required: false),
            new(
                "non_tax_share",
                ScalarType.Fraction,
                "Share of non-tax income collected in the town that comes to it, after centre and province (G3)."
            ),
        ]
    );

    private static readonly Shape Settlement = new(
        "settlement",
        [
            new("rented_home_counts", ScalarType.Flag, "A rented home is a lawful stable home (B11)."),
            new("talent", ScalarType.Flag, "Start-ups and talent are encouraged to settle (B11)."),
        ]
    );

    public static Shape Root { get; } =
        new(
            "policy",
            [
                new("secondment", Secondment, "Secondment upwards."),
                new(
                    "excellent_share",
                    ScalarType.Fraction,
                    "Most that may be marked excellent, per group (E7); where absent, the general shares of seeds/law.",
                    Required: false
                ),
                new(
                    "extra_seal_by_special_circumstance",
                    ScalarType.Flag,
                    "A recorded special circumstance may justify another seal at city level (B2)."
                ),
                new(
                    "guidance_months",
                    ScalarType.Whole(0),
                    "Months after being granted in which an item is used under the county department's guidance (A5)."
                ),
                new("green_channel", ScalarType.Flag, "The plan knows a green channel for projects (B9)."),
                new(
                    "green_limit_fraction",
                    ScalarType.Fraction,
                    "Limit of a green-channel case as a fraction of the promised limit, rounded up to whole days; 1 where absent (B9).",
                    Required: false
                ),
                new("treasury_account", ScalarType.Text, "Treasury account that fines and fees go to (C5)."),
                new("rebate", Rebate, "Money that comes back to the town."),
                new("year_end_bonus", ScalarType.Flag, "The year-end bonus is promised in full (E11)."),
                new("leave_compensation", ScalarType.Flag, "Leave not taken for work is compensated by rule (E9)."),
                new(
                    "satisfaction_weight",
                    ScalarType.Fraction,
                    "Weight of public satisfaction in two-way assessment; 0 where there is none (F5)."
                ),
                new("contract_professions", new ListType(ScalarType.Code), "Professions for contract specialists outside the posts (D5)."),
                new(
                    "written_appointment_opinion",
                    ScalarType.Flag,
                    "The party committee's opinion on a stationed head is in writing (D7)."
                ),
                new("settlement", Settlement, "Household registration."),
                new(
                    "provisions",
                    new ListType(ScalarType.OneOf([.. Provisions.All])),
                    "What only this plan asks for (B4, E9, E11, G6, G8, G9, H4, H5)."
                ),
            ]
        );

    /// <summary>The policy, with a fault where the base and its year don't fit together.</summary>
    public static TownPolicy Read(Entry policy, string file, FaultLog faults)
    {
        var (secondment, rebate, settlement) = (policy["secondment"], policy["rebate"], policy["settlement"]);
        var fixedYear = rebate["base"].Text == "fixed-year";
        var year = rebate.Find("year")?.Whole;
        if (fixedYear != year.HasValue)
        {
            faults.Add(
                file,
                rebate.Line,
                "policy.rebate.year",
                fixedYear ? "the fixed year" : "no year, since the base is last year",
                year is null ? null : $"'{year}'"
            );
        }

        return new()
        {
            SecondmentBanLevels = [.. secondment.Texts("ban_levels").Select(Level)],
            SecondmentMinimumYears = secondment["minimum_years"].Whole,
            SecondmentMonths = secondment["months"].Whole,
            ExcellentShare = policy.Find("excellent_share")?.Amount,
            ExtraSealBySpecialCircumstance = policy["extra_seal_by_special_circumstance"].Flag,
            GuidanceMonths = policy["guidance_months"].Whole,
            GreenChannel = policy["green_channel"].Flag,
            GreenLimitFraction = policy.Find("green_limit_fraction")?.Amount ?? 1m,
            TreasuryAccount = policy["treasury_account"].Text,
            RebateBase = fixedYear ? RebateBase.FixedYear : RebateBase.LastYear,
            RebateBaseYear = year,
            NonTaxShare = rebate["non_tax_share"].Amount,
            YearEndBonus = policy["year_end_bonus"].Flag,
            LeaveCompensation = policy["leave_compensation"].Flag,
            SatisfactionWeight = policy["satisfaction_weight"].Amount,
            ContractProfessions = policy.Texts("contract_professions").ToImmutableHashSet(StringComparer.Ordinal),
            WrittenAppointmentOpinion = policy["written_appointment_opinion"].Flag,
            RentedHomeCounts = settlement["rented_home_counts"].Flag,
            TalentSettlement = settlement["talent"].Flag,
            Provisions = policy.Texts("provisions").ToImmutableHashSet(StringComparer.Ordinal),
        };
    }

    public static GovernmentLevel Level(string name) =>
        name switch
        {
            "county" => GovernmentLevel.County,
            "city" => GovernmentLevel.City,
            "province" => GovernmentLevel.Province,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The shape lets no other level pass."),
        };
}
