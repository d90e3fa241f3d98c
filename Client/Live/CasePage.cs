using System.Globalization;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Live;

/// <summary>A case as lines of a terminal: what it is, where it stands, its clock.</summary>
internal sealed class CasePage(Screen screen, TownNames names)
{
    private const int LabelWidth = 13,
        LongestName = 80;

    public void Write(CaseView view)
    {
        var lang = screen.Lang;
        Line(new("案件", "case"), $"{view.Number}  {names.ProcedureName(view.Procedure, lang)}");
        Line(new("事项", "about"), $"{view.Subject}  {names.ItemName(view.Subject, lang)}".TrimEnd());
        Line(new("当事人", "party"), Party(view.Party));
        Line(new("状态", "state"), State(view));
        if (view.Workplace is { } workplace)
        {
            Line(new("办理处", "at"), $"{names.Workplace(workplace, lang)}  {string.Join(", ", view.Officers)}".TrimEnd());
        }

        Line(new("计时", "clock"), Clock(view, lang));
        Under(new("环节依据", "step limit"), view.StepLimit);
        Under(new("法定期限", "law limit"), view.LawLimit);
        if (view.Certificate is { } certificate)
        {
            Line(new("证号", "certificate"), certificate);
        }

        Line(
            new("收件", "opened"),
            $"{names.Moment(view.OpenedAt)}  {new Words("最近变动", "changed").In(lang)} {names.Moment(view.ChangedAt)}  "
                + $"{new Words("到厅次数", "visits").In(lang)} {view.Visits}"
        );
        if (view.LateEntries > 0)
        {
            Line(
                new("补录", "late"),
                new Words($"{view.LateEntries} 项系事后补录，见办理经过", $"{view.LateEntries} entered late, see the history").In(lang)
            );
        }

        foreach (var field in view.Fields)
        {
            screen.Say(FieldLine(view.Procedure, field));
        }
    }

    // Which figure a limit is, and the text and article of its version: what the party was told.
    private void Under(Words name, LimitView? limit)
    {
        if (limit is not null)
        {
            var unit = limit.CalendarDays ? new Words("日", "calendar days") : new Words("个工作日", "working days");
            var verify = limit.Verify ? new Words("（待核实）", " (to be verified)").In(screen.Lang) : "";
            Line(
                name,
                $"{limit.Days.ToString(CultureInfo.InvariantCulture)} {unit.In(screen.Lang)}  {limit.Article}{verify}  {limit.Figure}"
            );
        }
    }

    /// <summary>A field by its name, its code behind it.</summary>
    public string FieldLine(string procedure, Field field) =>
        $"  {names.FieldName(procedure, field.Name, screen.Lang)} ({field.Name}) = {Characters.Harmless(field.Value)}";

    // A department is shown by its name in the reader's language, whatever the record calls it.
    private string Party(Party party) =>
        names.Directory.Offices.Any(o => o.Code == party.Id)
            ? names.Office(party.Id, screen.Lang)
            : $"{Cells.Cut(Characters.Harmless(party.Name), LongestName)} ({Characters.Harmless(party.Id)})";

    private string State(CaseView view)
    {
        var lang = screen.Lang;
        var step = names.StepName(view.Procedure, view.Ending ?? view.Step, lang);
        var frozen = view.Frozen ? new Words("，中止", ", stands still").In(lang) : "";
        return $"{Wording.Of(view.Disposition, lang)}{frozen}  {step} ({view.Ending ?? view.Step})  "
            + $"#{view.Version.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Clock(CaseView view, Lang lang)
    {
        var clock = view.Clock;
        var unit = (clock.CalendarDays ? new Words("日", "calendar days") : new Words("个工作日", "working days")).In(lang);
        var used =
            clock.Limit == 0 ? "–"
            : !clock.Started ? new Words($"未起算，承诺 {clock.Limit} {unit}", $"not started, {clock.Limit} {unit} promised").In(lang)
            : new Words($"已用 {clock.Used} / {clock.Limit} {unit}", $"{clock.Used} of {clock.Limit} {unit} used").In(lang);
        var due =
            view.ClockUnknown
                ? new Words(
                    "，超出工作日历，请在 seeds/calendar 补充",
                    ", past the working-day calendar: add the year to seeds/calendar"
                ).In(lang)
            : view.Due is { } day ? new Words($"，本环节至 {day:O}", $", due {day:O}").In(lang)
            : "";
        return $"{Wording.Of(view.Colour, lang)}  {used}{due}";
    }

    private void Line(Words name, string text)
    {
        var label = name.In(screen.Lang);
        screen.Say($"{label}{new string(' ', Math.Max(1, LabelWidth - Cells.Width(label)))}{Characters.Harmless(text)}");
    }
}
