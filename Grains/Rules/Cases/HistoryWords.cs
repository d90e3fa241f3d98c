using System.Collections.Immutable;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Cases;

/// <summary>What happened on a case, in words (办理经过).</summary>
/// <param name="procedure">The version that the case was opened by; a name that it doesn't have is told by its code.</param>
public readonly struct HistoryWords(Procedure procedure)
{
    private static readonly Words Received = new("收件", "opened");

    /// <summary>A record as a sentence, without who and when.</summary>
    public Words Sentence(CaseEvent happened) =>
        happened switch
        {
            CaseOpened it => Led(Received, it.Step, it.Officers),
            ActTaken it => Led(Act(it.From, it.Act), it.To, it.Officers),
            ActRefused it => Refused(it),
            ClockTurned it => Turned(it),
            CaseHandedOver { ByHead: true } it => new(
                $"改派：{Names(it.From)} → {Names(it.To)}",
                $"given to another officer: {Names(it.From)} → {Names(it.To)}"
            ),
            CaseHandedOver it => new($"交接：{Names(it.From)} → {Names(it.To)}", $"handed over: {Names(it.From)} → {Names(it.To)}"),
            PowerFollowed { Frozen: true } => new("权限变动，案件中止", "power changed; the case stands still"),
            PowerFollowed => new("权限恢复，案件继续", "power returned; the case goes on"),
            CertificateSet it => Sealed(it.Certificate),
            DueDayMoved it => Moved(it),
            _ => new(happened.Kind, happened.Kind),
        };

    /// <summary>What happened, as the cause of something else: an act by its name.</summary>
    public Words Cause(CaseEvent happened) => happened is ActTaken taken ? Act(taken.From, taken.Act) : Sentence(happened);

    /// <summary>What a record says besides: the text of the statute, the number, that it was entered late.</summary>
    /// <param name="received">When the silo received it, as its people read moments.</param>
    public static ImmutableArray<Words> Notes(CaseEvent happened, LateEntry? late, string received)
    {
        var notes = ImmutableArray.CreateBuilder<Words>();
        if (happened is ActTaken { Law: { } law })
        {
            notes.Add(new($"依据 {law}", $"under {law}"));
        }

        if (happened is ActTaken { Certificate: { } number })
        {
            notes.Add(Sealed(number));
        }

        if (happened is ActTaken { Act: CaseRules.HandBack })
        {
            notes.Add(new("权限已由县级收回，镇不得再行使（A3）", "the county has taken the power back, so the town may not use it (A3)"));
        }

        if (late is not null)
        {
            var (reason, paper) = (Characters.Harmless(late.Reason), Characters.Harmless(late.Paper));
            notes.Add(
                new($"补录（{received} 收到）：{reason}；凭据：{paper}", $"entered late (received {received}): {reason}; paper: {paper}")
            );
        }

        return notes.ToImmutable();
    }

    /// <summary>What was filled in, by name.</summary>
    public ImmutableArray<FilledField> Fields(CaseEvent happened)
    {
        var known = procedure.Fields;
        var filled = happened switch
        {
            CaseOpened it => it.Fields,
            ActTaken it => it.Fields,
            CaseHandedOver { Reason: { } reason } => [new Field(ReassignRules.Reason, reason)],
            _ => [],
        };
        return [.. Some(filled).Select(field => Filled(known.GetValueOrDefault(field.Name), field.Name, Characters.Harmless(field.Value)))];
    }

    private static FilledField Filled(FieldRule? known, string name, string value)
    {
        if (known is null)
        {
            return new(name, new(name, name), value);
        }

        var said = FieldWords.Value(known.Type, name, value);
        return new(name, known.Label, value, said.Zh == value && said.En == value ? null : said);
    }

    /// <summary>Code of the act that was done or refused; null where none was.</summary>
    public static string? ActOf(CaseEvent happened) =>
        happened switch
        {
            ActTaken it => it.Act,
            ActRefused it => it.Act,
            CaseOpened => CaseRules.OpenAct,
            CaseHandedOver { ByHead: true } => ReassignRules.Act,
            _ => null,
        };

    /// <summary>Step or end to which it led; null where it led nowhere.</summary>
    public static string? Destination(CaseEvent happened) => (happened as ActTaken)?.To ?? (happened as CaseOpened)?.Step;

    private Words Led(Words what, string to, ImmutableArray<string> officers)
    {
        var (step, given) = (Step(to), Some(officers) is [] ? "" : $" [{Names(officers)}]");
        return new($"{what.Zh} → {step.Zh}{given}", $"{what.En} → {step.En}{given}");
    }

    private Words Refused(ActRefused it)
    {
        var act = it.Act == CaseRules.OpenAct ? ProcedureForms.Opening : Act(null, it.Act);
        var (code, clause) = ((int)it.Refusal.Code, it.Refusal.Clause);
        return new(
            $"拒绝“{act.Zh}” {code}（{clause}）：{Characters.Harmless(it.Refusal.Because.Zh)}",
            $"refused '{act.En}' {code} ({clause}): {Characters.Harmless(it.Refusal.Because.En)}"
        );
    }

    private static Words Turned(ClockTurned it)
    {
        var (colour, told) = (CaseWords.Of(it.Colour), it.ToldTo is { } to ? CaseWords.ToldTo(to) : null);
        return new(
            $"计时变为{colour.Zh}，期限 {it.Due:O}{(told is null ? "" : $"（{told.Zh}）")}",
            $"clock turned {colour.En}, due {it.Due:O}{(told is null ? "" : $" ({told.En})")}"
        );
    }

    private static Words Moved(DueDayMoved it)
    {
        var (zh, en) = (
            string.Join("、", it.Days.Select(d => $"{d.Day:O} {(d.Works ? "改为工作日" : "改为休息日")}")),
            string.Join(", ", it.Days.Select(d => $"{d.Day:O} {(d.Works ? "is now a working day" : "is no working day any more")}"))
        );
        var why = it.Because switch
        {
            "calendar" => new Words("工作日历变动", "the working-day calendar changed"),
            "law" => new Words("法定数据变动", "figures of law changed"),
            _ => new Words("系统升级后重新核算", "reckoned anew after an upgrade"),
        };
        return it.From == it.To
            ? new(
                $"{why.Zh}，期限仍为 {Day(it.To)}{(zh.Length > 0 ? $"：{zh}" : "")}",
                $"{why.En}; still due {Day(it.To)}{(en.Length > 0 ? $": {en}" : "")}"
            )
            : new(
                $"{why.Zh}，期限由 {Day(it.From)} 改为 {Day(it.To)}{(zh.Length > 0 ? $"：{zh}" : "")}",
                $"{why.En}: due {Day(it.To)} instead of {Day(it.From)}{(en.Length > 0 ? $"; {en}" : "")}"
            );
    }

    private static Words Sealed(string certificate) => new($"盖章编号 {certificate}", $"sealed and numbered {certificate}");

    // One of another step too, where it was tried at the wrong one.
    private Words Act(string? step, string act) =>
        (step is null ? null : procedure.ActAt(step, act)?.Name)
        ?? procedure.Anywhere.GetValueOrDefault(act)?.Name
        ?? procedure
            .Steps.Values.OrderBy(s => s.Code, StringComparer.Ordinal)
            .Select(s => s.Acts.GetValueOrDefault(act)?.Name)
            .FirstOrDefault(name => name is not null)
        ?? (act == ReassignRules.Act ? ReassignRules.Name : new(act, act));

    private Words Step(string code) =>
        procedure.Steps.GetValueOrDefault(code)?.Name ?? procedure.Ends.GetValueOrDefault(code)?.Name ?? new(code, code);

    private static string Names(ImmutableArray<string> officers) => string.Join(", ", Some(officers));

    // What was nothing is left out of the record.
    private static ImmutableArray<T> Some<T>(ImmutableArray<T> written) => written.IsDefault ? [] : written;

    private static string Day(DateOnly? day) => day is { } known ? $"{known:O}" : "–";
}
