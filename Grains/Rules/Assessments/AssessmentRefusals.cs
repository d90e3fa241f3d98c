namespace TownReform.Grains.Rules.Assessments;

/// <summary>What the assessment rules refuse (E7).</summary>
public static class AssessmentRefusals
{
    public static Refusal ShareExhausted(string staff, PostClass group, GroupCount count, decimal share) =>
        No(
            RefusalCode.ExcellentShareExhausted,
            $"{GradeWords.Of(group).Zh}参加评定 {count.Graded} 人，优秀等次按 {share:0.##%} 取整最多 {count.ExcellentCap} 人，名额已用完，{staff} 不能评为优秀。"
                + "请先将一名优秀改评其他等次，或改评本人。",
            $"Of {count.Graded} {GradeWords.Of(group).En} graded, {share:0.##%} rounded down allows {count.ExcellentCap} "
                + $"excellent, and all are given; {staff} is not marked excellent. Re-mark somebody first, or give another grade.",
            new Fact("staff", staff),
            new Fact("group", group.ToString()),
            new Fact("graded", $"{count.Graded}"),
            new Fact("cap", $"{count.ExcellentCap}")
        );

    public static Refusal NotGraded(string staff, decimal absentFraction) =>
        No(
            RefusalCode.NotGraded,
            $"{staff} 在试用期内，或本年度缺勤超过全年工作日的 {Share(absentFraction)}，不确定等次。可写评语。",
            $"{staff} is on probation, or was absent for more than {Share(absentFraction)} of the year's working days, and gets "
                + "no grade. A comment may be written.",
            new Fact("staff", staff)
        );

    // Rounds that were folded before the fraction was kept were held by half.
    private static string Share(decimal fraction) =>
        (fraction == 0 ? 0.5m : fraction).ToString("0.##%", System.Globalization.CultureInfo.InvariantCulture);

    public static Refusal NotInRound(string staff) =>
        No(
            RefusalCode.NotInRound,
            $"{staff} 不在本次考核名单内，未评定。请核对人员编号。",
            $"{staff} is not in this round and was not marked. Check the id.",
            new Fact("staff", staff)
        );

    /// <summary>A list that leaves out people who hold a post of the town: shares would be counted over others than those who are to be
    /// assessed.</summary>
    public static Refusal PeopleLeftOut(IReadOnlyCollection<string> people)
    {
        var named = string.Join(", ", people.Take(Shown)) + (people.Count > Shown ? " …" : "");
        return No(
            RefusalCode.PeopleLeftOut,
            $"考核名单漏列 {people.Count} 名在编人员，考核未开始：{named}。请补列全部在编人员；试用期内或者缺勤超过规定的，也应列入并注明。",
            $"The list leaves out {people.Count} who hold a post of the town, so the round was not opened: {named}. List "
                + "everybody who holds one; those on probation or long absent are listed as such.",
            new Fact("missing", named),
            new Fact("count", $"{people.Count}")
        );
    }

    private const int Shown = 20;

    public static Refusal NotOpened(string staff) =>
        No(
            RefusalCode.RoundUnknown,
            $"本次考核尚未开始，{staff} 未评定。请先开始考核。",
            $"This round is not open yet, so {staff} was not marked. Open the round first.",
            new Fact("staff", staff)
        );

    public static Refusal Unknown(string round) =>
        No(
            RefusalCode.RoundUnknown,
            $"没有考核 {round}。请核对编号，或先开始考核。",
            $"There is no round {round}. Check the code, or open the round first.",
            new Fact("round", round)
        );

    public static Refusal Closed(int year) =>
        No(
            RefusalCode.RoundClosed,
            $"{year} 年度考核已结束，等次不再变动。有异议请按复核程序办理。",
            $"The assessment of {year} is closed and no grade changes any more. Use the review procedure for an objection.",
            new Fact("year", $"{year}")
        );

    public static Refusal AlreadyOpen(int year) =>
        No(
            RefusalCode.RoundAlreadyOpen,
            $"{year} 年度考核已开始，不能重新开始。请在本次考核中继续评定。",
            $"The assessment of {year} is already open and is not opened again. Go on marking in it.",
            new Fact("year", $"{year}")
        );

    public static Refusal OutsideCalendar(int year, WorkCalendar calendar) =>
        No(
            RefusalCode.OutsideCalendar,
            $"{year} 年不在工作日历（{calendar.FirstDay:O} 至 {calendar.LastDay:O}）之内，无法计算缺勤，考核未开始。请在 seeds/calendar 补充该年。",
            $"{year} is outside the working-day calendar ({calendar.FirstDay:O} to {calendar.LastDay:O}), so absence can't be "
                + "counted and the round was not opened. Add the year to seeds/calendar.",
            new Fact("year", $"{year}")
        );

    public static Refusal ListedTwice(string staff) =>
        No(
            RefusalCode.FieldMalformed,
            $"考核名单中 {staff} 重复，未开始。请更正名单。",
            $"{staff} is listed twice, so the round was not opened. Correct the list.",
            new Fact("staff", staff)
        );

    public static Refusal GradeUnknown(string staff, PostClass group) =>
        No(
            RefusalCode.GradeOfOtherGroup,
            $"没有这一等次，{staff} 未评定。{Allowed(group)}",
            $"There is no such grade, so {staff} was not marked. Give one of the group's four grades.",
            new Fact("staff", staff),
            new Fact("group", group.ToString())
        );

    public static Refusal OtherGroup(PostClass group, string word) =>
        No(
            RefusalCode.GradeOfOtherGroup,
            $"“{word}”不是{GradeWords.Of(group).Zh}的考核等次。{Allowed(group)}",
            $"\"{word}\" is not a grade of {GradeWords.Of(group).En}. Give one of the group's four grades.",
            new Fact("word", word),
            new Fact("group", group.ToString())
        );

    private static string Allowed(PostClass group) =>
        $"请从{string.Join("、", Enum.GetValues<Grade>().Select(g => GradeWords.Of(group, g).Zh))}中选择。";

    private static Refusal No(RefusalCode code, string zh, string en, params Fact[] facts) =>
        new(code, "E7", new Words(zh, en), [.. facts]);
}
