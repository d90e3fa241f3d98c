using TownReform.Client.Reports;

namespace TownReform.Client.Live;

/// <summary>Words for the codes that answers carry.</summary>
internal static class Wording
{
    public static string Of(Disposition disposition, Lang lang) =>
        (
            disposition switch
            {
                Disposition.Open => new Words("在办", "open"),
                Disposition.Decided => new("办结", "decided"),
                Disposition.Withdrawn => new("撤回", "withdrawn"),
                _ => new("移送", "transferred"),
            }
        ).In(lang);

    public static string Of(ClockColour colour, Lang lang) =>
        (
            colour switch
            {
                ClockColour.Green => new Words("绿", "green"),
                ClockColour.Amber => new("黄", "amber"),
                ClockColour.Red => new("红", "red"),
                ClockColour.Overdue => new("超期", "overdue"),
                _ => new("超期督办", "overdue, supervised"),
            }
        ).In(lang);

    public static string Of(PowerStanding standing, Lang lang) =>
        (
            standing switch
            {
                PowerStanding.NotHeld => new Words("未赋权", "not held"),
                PowerStanding.InForce => new("有效", "in force"),
                PowerStanding.Suspended => new("暂停", "suspended"),
                _ => new("收回", "recalled"),
            }
        ).In(lang);

    public static string Of(AbsenceKind kind, Lang lang) =>
        (kind == AbsenceKind.Leave ? new Words("休假", "leave") : new Words("借调", "secondment")).In(lang);

    /// <summary>What a department did with a sealed decision; null: it waits.</summary>
    public static string Of(FilingAnswer? answer, Lang lang) =>
        (
            answer switch
            {
                null => new Words("待办", "waiting"),
                FilingAnswer.File => new("备案", "filed"),
                FilingAnswer.Forward => new("转报", "forwarded"),
                FilingAnswer.DemandSeal => new("要求再盖章", "another seal asked for"),
                _ => new("拒绝", "refused"),
            }
        ).In(lang);

    public static string Of(PostClass post, Lang lang) =>
        (post == PostClass.Administrative ? new Words("行政编制", "administrative post") : new Words("事业编制", "institution post")).In(
            lang
        );

    /// <summary>A limit such as <c>20wd</c> in words.</summary>
    public static string Limit(string limit, Lang lang) =>
        Grains.Rules.TimeLimit.TryParse(limit, out var parsed) ? parsed.InWords().In(lang) : limit;

    /// <summary>Who is told of an overdue case.</summary>
    public static string ToldTo(string code, Lang lang) =>
        (
            code switch
            {
                "head" => new Words("已报机构负责人", "told to the head of the organ"),
                "leading-group" => new("已报领导小组", "told to the leading group"),
                "supervision" => new("已报督查", "told to supervision"),
                _ => new(code, code),
            }
        ).In(lang);
}
