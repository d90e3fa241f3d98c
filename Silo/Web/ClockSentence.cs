namespace TownReform.Silo.Web;

/// <summary>A case's clock as a sentence: <c>Working day 3 of 8; due Thu 3 Dec 2026.</c></summary>
public static class ClockSentence
{
    public static string Of(CaseView view, PageContext page)
    {
        var due = view.Due is { } day
            ? page.Say($"本环节截止 {page.Day(day)}。", $"This step is due {page.Day(day)}.")
            : page.Say("本环节没有期限在计。", "No limit runs at this step.");
        return view.Ending is not null ? Ended(view.Clock, page)
            : view.Frozen ? page.Say("案件中止，不计期限。", "The case stands still; no limit runs.")
            : view.ClockUnknown
                ? page.Say(
                    "期限超出工作日历，须先补充日历。",
                    "The limit runs past the working-day calendar; its year must be added first."
                )
            : $"{Used(view.Clock, page)}{due}";
    }

    private static string Used(ClockView clock, PageContext page)
    {
        var (zh, en) = Unit(clock);
        return clock.Limit == 0 ? ""
            : !clock.Started ? page.Say($"承诺 {clock.Limit} {zh}，尚未起算。", $"{clock.Limit} {en}s promised, not begun yet. ")
            : clock.Ended ? page.Say($"已作决定，用时 {clock.Used} {zh}。", $"Decided in {clock.Used} {en}s. ")
            : !clock.Running
                ? page.Say(
                    $"已用 {clock.Used} {zh}（共 {clock.Limit}），现停止计时。",
                    $"{clock.Used} of {clock.Limit} {en}s used; the clock stands. "
                )
            : clock.Used > clock.Limit
                ? page.Say($"限 {clock.Limit} {zh}，已用 {clock.Used}。", $"{clock.Used} {en}s used of {clock.Limit}. ")
            // The day on which it begins isn't counted (民法典 201).
            : clock.Used == 0 ? page.Say($"限 {clock.Limit} {zh}，起算当日不计。", $"{clock.Limit} {en}s; the first day isn't counted. ")
            : page.Say($"第 {clock.Used} {zh}，共 {clock.Limit} {zh}。", $"{Capital(en)} {clock.Used} of {clock.Limit}. ");
    }

    private static string Ended(ClockView clock, PageContext page)
    {
        var (zh, en) = Unit(clock);
        return clock.Started
            ? page.Say($"已结束，用时 {clock.Used} {zh}（限 {clock.Limit}）。", $"Ended; {clock.Used} of {clock.Limit} {en}s used.")
            : page.Say("已结束，期限未起算。", "Ended; its limit never began.");
    }

    private static (string Zh, string En) Unit(ClockView clock) =>
        clock.CalendarDays ? ("日", "calendar day") : ("个工作日", "working day");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
