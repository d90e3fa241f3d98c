using System.Globalization;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What a case says when it says no. One place for the words; codes are stable. Of fields: <see cref="FieldRefusals"/>; of
/// people: <see cref="ActorRefusals"/>.</summary>
public static class CaseRefusals
{
    public static Refusal Unknown(string number)
    {
        var asked = Characters.Told(number);
        return No(
            RefusalCode.CaseUnknown,
            "I2",
            $"没有编号为 {asked} 的案件；请核对编号。",
            $"There is no case {asked}; check the number.",
            new Fact("case", asked)
        );
    }

    public static Refusal NumberTaken(string number) =>
        No(
            RefusalCode.CaseNumberTaken,
            "I2",
            $"编号 {number} 已被另一案件使用；请另取编号。",
            $"Number {number} belongs to another case; reserve a new one.",
            new Fact("case", number)
        );

    /// <summary>Somebody acts on a case as they saw it, and it has changed since. Nothing is recorded: the law was asked
    /// nothing.</summary>
    public static Refusal MovedOn(string number, long seen, long version) =>
        No(
            RefusalCode.CaseMovedOn,
            "I2",
            $"案件 {number} 在您查看之后又有变动（您看到第 {seen} 条记录，现为第 {version} 条），未办理。请重新查看。",
            $"Case {number} has moved on since you looked at it (you saw record {seen}, it is at {version}); nothing was done. Look at it "
                + "again, then act.",
            new Fact("case", number),
            new Fact("seen", $"{seen}"),
            new Fact("version", $"{version}")
        );

    /// <summary>A case had no such record then, or was not opened yet.</summary>
    /// <param name="asOf">The moment that was asked for.</param>
    /// <param name="version">How many records the case has.</param>
    public static Refusal NotThen(string number, AsOf? asOf, long version, DateTimeOffset opened)
    {
        var asked = asOf?.Version is { } record ? $"#{record}" : $"{asOf?.At:O}";
        return No(
            RefusalCode.CaseNotThen,
            "I2",
            $"案件 {number} 收件于 {opened:O}，现有 {version} 条记录；没有 {asked} 时的状态。",
            $"Case {number} was opened at {opened:O} and has {version} records; there is nothing of it as of {asked}.",
            new Fact("case", number),
            new Fact("asOf", asked),
            new Fact("version", $"{version}")
        );
    }

    public static Refusal Ended(CaseFile file, Procedure procedure) =>
        No(
            RefusalCode.CaseEnded,
            "A3",
            $"案件 {file.Number} 已办结（{(procedure.Ends.TryGetValue(file.Ending ?? "", out var end) ? end.Name.Zh : file.Ending)}），不能再办理。",
            $"Case {file.Number} has ended ({file.Ending}); nothing more can be done on it.",
            new Fact("case", file.Number),
            new Fact("ending", file.Ending ?? "")
        );

    public static Refusal Frozen(CaseFile file) =>
        No(
            RefusalCode.CaseFrozen,
            "A4",
            $"案件 {file.Number} 因权限收回或暂停而中止，待权限恢复后继续。",
            $"Case {file.Number} stands still because its power was recalled or suspended; it goes on when the power returns.",
            new Fact("case", file.Number),
            new Fact("subject", file.Subject)
        );

    /// <summary>A rule finds nothing where it reads. The loader makes sure of what procedures ask, so this tells of a case that an earlier
    /// release let through.</summary>
    public static Refusal RuleReadsMissing(NamedRule rule, string what) =>
        No(
            RefusalCode.RuleReadsMissing,
            rule.Clause,
            $"规则“{rule.Name}”（{rule.Clause}）所依据的“{what}”没有内容，未办理。",
            $"Rule '{rule.Name}' ({rule.Clause}) reads '{what}', which is empty, so nothing was done.",
            new Fact("rule", rule.Name),
            new Fact("field", what)
        );

    /// <summary>The case's own version of its procedure isn't at hand, or doesn't know its step.</summary>
    public static Refusal StepUnknown(CaseFile file) =>
        No(
            RefusalCode.ProcedureVersionUnknown,
            "A3",
            $"案件 {file.Number} 按程序“{file.Procedure}”第 {file.ProcedureVersion} 版办理，现用种子数据没有该版本的“{file.Step}”环节，未办理。请在 "
                + $"seeds/procedures 补回 {file.Procedure}@{file.ProcedureVersion}.yaml 后重启。",
            $"Case {file.Number} goes by version {file.ProcedureVersion} of procedure '{file.Procedure}', whose step "
                + $"'{file.Step}' the seeds don't hold, so nothing was done. Put {file.Procedure}@{file.ProcedureVersion}.yaml back "
                + "into seeds/procedures and start again.",
            new Fact("case", file.Number),
            new Fact("procedure", file.Procedure),
            new Fact("version", $"{file.ProcedureVersion}"),
            new Fact("step", file.Step)
        );

    public static Refusal ActUnknown(string act, Procedure procedure) =>
        No(
            RefusalCode.ActUnknown,
            "A3",
            $"程序“{procedure.Name.Zh}”没有“{act}”这一办理动作。",
            $"Procedure '{procedure.Code}' has no act '{act}'.",
            new Fact("act", act),
            new Fact("procedure", procedure.Code)
        );

    /// <param name="act">What was asked for.</param>
    /// <param name="possible">What somebody may do at that step.</param>
    public static Refusal ActNotHere(CaseFile file, ActRule act, StepRule step, IEnumerable<ActRule> possible)
    {
        ActRule[] others = [.. possible.OrderBy(a => a.Code, StringComparer.Ordinal)];
        var acts = string.Join(", ", others.Select(a => a.Code));
        return No(
            RefusalCode.ActNotHere,
            "A3",
            $"案件在“{step.Name.Zh}”环节，不能办理“{Coded(act)}”；可办理：{string.Join('、', others.Select(Coded))}。",
            $"The case is at '{step.Code}' ({step.Name.En}), where '{act.Code}' is not possible; possible: {acts}.",
            new Fact("case", file.Number),
            new Fact("step", step.Code),
            new Fact("act", act.Code),
            new Fact("possible", acts)
        );
    }

    // Its name, and the code to type.
    private static string Coded(ActRule act) => $"{act.Name.Zh}（{act.Code}）";

    public static Refusal ProcedureUnknown(string procedure, IEnumerable<string> known)
    {
        var list = string.Join(", ", known.Order(StringComparer.Ordinal));
        return No(
            RefusalCode.ProcedureUnknown,
            "A3",
            $"没有程序“{procedure}”；现有：{list}。",
            $"There is no procedure '{procedure}'; there are: {list}.",
            new Fact("procedure", procedure)
        );
    }

    public static Refusal NotForKind(Procedure procedure, string subject, string kind) =>
        No(
            RefusalCode.ProcedureNotForKind,
            "A3",
            $"程序“{procedure.Name.Zh}”不适用于 {subject}（类别：{TermWords.Kind(kind).Zh}）；适用类别："
                + $"{string.Join('、', procedure.Kinds.Select(k => TermWords.Kind(k).Zh))}。",
            $"Procedure '{procedure.Code}' does not take {subject}, which is of kind {kind}; it takes: "
                + $"{string.Join(", ", procedure.Kinds)}.",
            new Fact("procedure", procedure.Code),
            new Fact("subject", subject),
            new Fact("kind", kind)
        );

    public static Refusal SubjectUnknown(string town, string subject) =>
        No(
            RefusalCode.SubjectUnknown,
            "A3",
            $"{town} 没有事项或人员 {subject}；请在该镇的事项清单、人员名单中核对。",
            $"{town} knows no item or person {subject}; look it up in the town's list of items or people.",
            new Fact("town", town),
            new Fact("subject", subject)
        );

    public static Refusal TownUnknown(string town) =>
        No(RefusalCode.TownUnknown, "A1", $"没有镇 {town}。", $"There is no town '{town}'.", new Fact("town", town));

    /// <summary>The procedure is about nothing that has an id, and one was given.</summary>
    public static Refusal SubjectNotWanted(Procedure procedure, string subject) =>
        No(
            RefusalCode.SubjectNotWanted,
            "A3",
            $"“{procedure.Name.Zh}”不针对具体事项或人员，请不要填写“{Characters.Told(subject)}”。",
            $"'{procedure.Code}' is about no item and no person; leave '{Characters.Told(subject)}' out.",
            new Fact("procedure", procedure.Code),
            new Fact("subject", Characters.Told(subject))
        );

    public static Refusal OutsideCalendar(OutsideCalendarException e)
    {
        var days = e.WorkingDays.ToString(CultureInfo.InvariantCulture);
        var (zh, en) =
            e.WorkingDays == 0
                ? ($"{e.Day:O} 不在", $"{e.Day:O} is outside")
                : ($"自 {e.Day:O} 起 {days} 个工作日的期限超出", $"A limit of {days} working days from {e.Day:O} runs past");
        return No(
            RefusalCode.OutsideCalendar,
            "B5",
            $"{zh}工作日历（{e.FirstDay:O} 至 {e.LastDay:O}），期限无法计算，未办理；请在 seeds/calendar 补充该年后再办。",
            $"{en} the working-day calendar ({e.FirstDay:O} to {e.LastDay:O}), so limits can't be counted and nothing was done; "
                + "add the year to seeds/calendar, then try again.",
            new Fact("day", e.Day.ToString("O", CultureInfo.InvariantCulture)),
            new Fact("working-days", days),
            new Fact("calendar-ends", e.LastDay.ToString("O", CultureInfo.InvariantCulture))
        );
    }

    /// <summary>The text and article that a refusal goes by; where the town's own rule sets the figure, that one.</summary>
    internal static Fact Article(LawFigure? figure) => new("article", figure?.Article ?? "");

    internal static Refusal No(RefusalCode code, string clause, string zh, string en, params Fact[] facts) =>
        new(code, clause, new Words(zh, en), [.. facts]);
}
