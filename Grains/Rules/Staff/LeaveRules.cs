namespace TownReform.Grains.Rules.Staff;

/// <summary>Paid annual leave (E9, 职工带薪年休假条例 §3).</summary>
[Clause("E9")]
public static class LeaveRules
{
    /// <summary>Working days of leave a year after so many whole years of work, by the law of a day.</summary>
    public static int Entitlement(int years, LawDay law) =>
        years >= law.Days(LawNames.LeaveThirdYears) ? law.Days(LawNames.LeaveThirdDays)
        : years >= law.Days(LawNames.LeaveSecondYears) ? law.Days(LawNames.LeaveSecondDays)
        : years >= law.Days(LawNames.LeaveFirstYears) ? law.Days(LawNames.LeaveFirstDays)
        : 0;
}
