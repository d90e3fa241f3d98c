using TownReform.Client.Reports;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Client.Live;

/// <summary>Words for the codes that answers carry.</summary>
internal static class Wording
{
    public static string Of(Disposition disposition, Lang lang) => CaseWords.Of(disposition).In(lang);

    public static string Of(ClockColour colour, Lang lang) => CaseWords.Of(colour).In(lang);

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
}
