using System.Globalization;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Live;

/// <summary>A case as lines of a terminal: what it is, where it stands, its clock.</summary>
internal sealed class CasePage(Screen screen, Plans plans)
{
    public void Write(CaseView view)
    {
        var (lang, plan) = (screen.Lang, plans.Seeds.Towns.GetValueOrDefault(view.Town));
        Line(new("案件", "case"), $"{view.Number}  {Procedure(view)}");
        Line(new("事项", "about"), About(view, plan));
        Line(new("当事人", "party"), $"{view.Party.Name} ({view.Party.Id})");
        Line(new("状态", "state"), State(view));
        if (view.Workplace is { } workplace)
        {
            Line(new("办理处", "at"), $"{workplace}  {string.Join(", ", view.Officers)}");
        }

        Line(new("时限", "clock"), Clock(view, lang));
        Under(new("环节依据", "step limit"), view.StepLimit);
        Under(new("法定期限", "law limit"), view.LawLimit);
        if (view.Certificate is { } certificate)
        {
            Line(new("证号", "certificate"), certificate);
        }

        Line(new("受理", "opened"), $"{Moments.Show(view.OpenedAt, plan)}  {new Words("最近变动", "changed").In(lang)} {Moments.Show(view.ChangedAt, plan)}  {new Words("到厅次数", "visits").In(lang)} {view.Visits}");
        foreach (var field in view.Fields)
        {
            screen.Say($"  {field.Name} = {field.Value}");
        }
    }

    // Which figure a limit is, and the text and article of its version: what the party was told.
    private void Under(Words name, LimitView? limit)
    {
        if (limit is not null)
        {
            var unit = limit.CalendarDays ? new Words("日", "calendar days") : new Words("个工作日", "working days");
            var verify = limit.Verify ? new Words("（待核实）", " (to be verified)").In(screen.Lang) : "";
            Line(name, $"{limit.Days.ToString(CultureInfo.InvariantCulture)} {unit.In(screen.Lang)}  {limit.Article}{verify}  {limit.Figure}");
        }
    }

    private string Procedure(CaseView view) => plans.Seeds.Procedures.GetValueOrDefault(view.Procedure)?.Name.In(screen.Lang) ?? view.Procedure;

    private string About(CaseView view, TownPlan? plan) =>
        plan?.Items.GetValueOrDefault(view.Subject) is { } item ? $"{view.Subject}  {item.Name.In(screen.Lang)}" : view.Subject;

    private string State(CaseView view)
    {
        var lang = screen.Lang;
        var step = plans.StepName(view.Procedure, view.Ending ?? view.Step, lang);
        var frozen = view.Frozen ? new Words("，中止", ", stands still").In(lang) : "";
        return $"{Wording.Of(view.Disposition, lang)}{frozen}  {step} ({view.Ending ?? view.Step})  #{view.Version.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Clock(CaseView view, Lang lang)
    {
        var clock = view.Clock;
        var unit = (clock.CalendarDays ? new Words("日", "calendar days") : new Words("个工作日", "working days")).In(lang);
        var used = clock.Limit == 0 ? "–"
            : !clock.Started ? new Words($"未起算，承诺 {clock.Limit} {unit}", $"not started, {clock.Limit} {unit} promised").In(lang)
            : new Words($"已用 {clock.Used} / {clock.Limit} {unit}", $"{clock.Used} of {clock.Limit} {unit} used").In(lang);
        var due = view.ClockUnknown ? new Words("，超出工作日历，请在 seeds/calendar 补充", ", past the working-day calendar: add the year to seeds/calendar").In(lang)
            : view.Due is { } day ? new Words($"，本环节至 {day:O}", $", due {day:O}").In(lang) : "";
        return $"{Wording.Of(view.Colour, lang)}  {used}{due}";
    }

    private void Line(Words name, string text)
    {
        var label = name.In(screen.Lang);
        // A Chinese character is two columns wide.
        var width = label.Sum(c => c > '\u2E80' ? 2 : 1);
        screen.Say($"{label}{new string(' ', Math.Max(1, LabelWidth - width))}{text}");
    }

    private const int LabelWidth = 13;
}
