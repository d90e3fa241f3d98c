using System.Globalization;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Penalties;

/// <summary>Hearings of penalties (C3, 行政处罚法 §§63–64, until 2021-07-14 §42): for which cases, asked for by when, told how long
/// before.</summary>
[Clause("C3")]
public static class HearingRules
{
    /// <summary>§42, since 2021 §63: a hearing is for a large fine, that is from the sum for a person or an organisation on, for a stop of
    /// business, and for a licence taken. By the law of the notice's day.</summary>
    /// <param name="intended">Field <c>intended</c>: the fine that was noticed.</param>
    /// <param name="intendedMeasure">Field <c>intended-measure</c>: what was noticed besides it.</param>
    public static Refusal? HearingCase(decimal intended, [FieldTypes(FieldType.Choice)] string? intendedMeasure, CaseFile file, CaseLaw law)
    {
        var large = law.Figure(file.Party.Organisation ? LawNames.PenaltyHearingOrganisation : LawNames.PenaltyHearingPerson)!;
        return intended >= large.Value || PenaltyRules.IsMeasure(intendedMeasure)
            ? null
            : CaseRefusals.No(
                RefusalCode.NoHearingCase,
                "C3",
                $"听证限于较大数额罚款（{large.Said.Zh} 以上，{large.Article}）、责令停产停业、吊销许可证件；"
                    + $"告知的罚款为 {intended:F2} 元。可以陈述、申辩。",
                $"A hearing is for fines from {large.Said.En} ({large.Article}), a stop of business, or a licence taken; {intended:F2} "
                    + "yuan were noticed. A statement may be made.",
                CaseRefusals.Article(large),
                new Fact("intended", intended.ToString("F2", CultureInfo.InvariantCulture)),
                new Fact("from", large.Value.ToString("F2", CultureInfo.InvariantCulture))
            );
    }

    /// <summary>§42, since 2021 §64: a hearing is asked for within the time from the notice, its last day included, by the version that the
    /// notice told.</summary>
    public static Refusal? HearingInTime(
        CaseFile file,
        StepRule step,
        LimitRule stepLimit,
        WorkCalendar calendar,
        CaseLaw law,
        DateOnly day
    )
    {
        if (ClockRules.LastDay(file, step, calendar, law.Book) is not { } last || day <= last)
        {
            return null;
        }

        var most = stepLimit.FigureOn(law.On(file.StepOn))!;
        return CaseRefusals.No(
            RefusalCode.HearingNotDue,
            "C3",
            $"听证应在告知后 {most.Said.Zh} 内提出（{most.Article}），最后一日为 {last:O}，现为 {day:O}。",
            $"A hearing is asked for within {most.Said.En} of the notice ({most.Article}), by {last:O}; it is {day:O}.",
            CaseRefusals.Article(most),
            new Fact("last", $"{last:O}"),
            new Fact("day", $"{day:O}")
        );
    }

    /// <summary>§42, since 2021 §64: time and place of a hearing are told so long before it; neither the day of the notice nor a shorter
    /// time counts.</summary>
    /// <param name="hearingOn">Field <c>hearing-on</c>: the day of the hearing.</param>
    /// <param name="day">The day on which it is told.</param>
    public static Refusal? HearingNotice(DateOnly hearingOn, WorkCalendar calendar, CaseLaw law, DateOnly day)
    {
        var least = law.Figure(LawNames.PenaltyHearingNotice, day)!;
        var days = calendar.DaysBetween(least.Limit.Unit, day, hearingOn);
        return days >= least.Days
            ? null
            : CaseRefusals.No(
                RefusalCode.HearingNoticeTooShort,
                "C3",
                $"听证的时间、地点应提前 {least.Said.Zh} 通知（{least.Article}）；{day:O} 至 {hearingOn:O} 只有 {days} 日，最早为 "
                    + $"{calendar.LastDayOf(least.Limit, day):O}。",
                $"A hearing is told {least.Said.En} before ({least.Article}); from {day:O} to {hearingOn:O} are {days}. The "
                    + $"earliest day is {calendar.LastDayOf(least.Limit, day):O}.",
                CaseRefusals.Article(least),
                new Fact("told", $"{day:O}"),
                new Fact("hearing", $"{hearingOn:O}"),
                new Fact("days", days.ToString(CultureInfo.InvariantCulture))
            );
    }
}
