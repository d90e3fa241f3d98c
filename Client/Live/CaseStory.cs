using System.Text;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Live;

/// <summary>What happened on a case, from its record: who did what, when; each refusal with its clause (I2).</summary>
internal sealed class CaseStory(Screen screen, TownNames names)
{
    public void Write(CaseView view, IEnumerable<AuditRecord> records)
    {
        var listing = new Listing(
            new("办理经过", "History"),
            new(new("#", "#")),
            new(new("时间", "When")),
            new(new("何人", "Who"), Cut: true),
            new(new("何事", "What"), Folds: true)
        );
        foreach (var record in records)
        {
            listing.Add($"{record.Version}", names.Moment(record.At), Who(record.Actor), What(view.Procedure, record) + Late(record));
        }

        listing.Write(screen);
    }

    private string Who(Actor actor)
    {
        var lang = screen.Lang;
        var office =
            actor.Office == Actor.Public
                ? new Words("群众", "public").In(lang)
                : names.Directory.Offices.FirstOrDefault(o => o.Code == actor.Office)?.Name.In(lang) ?? actor.Office;
        return actor == Actor.System ? new Words("系统", "system").In(lang)
            : actor.For is { } other ? $"{actor.Id} ({office}) → {other}"
            : $"{actor.Id} ({office})";
    }

    private string What(string procedure, AuditRecord record)
    {
        var lang = screen.Lang;
        string Act(string code) =>
            code == CaseRules.OpenAct ? new Words("收件", "open").In(lang) : names.ActName(procedure, null, code, lang);
        string Step(string code) => names.StepName(procedure, code, lang);
        return CaseCodec.Instance.Read(Stored(record)) switch
        {
            CaseOpened it => new Words($"收件 → {Step(it.Step)}{Given(it.Officers)}", $"opened → {Step(it.Step)}{Given(it.Officers)}").In(
                lang
            ),
            ActTaken it => $"{names.ActName(procedure, it.From, it.Act, lang)} ({it.Act}) → "
                + $"{Step(it.To)}{Given(it.Officers)}{Fields(procedure, it)}{Under(it.Law)}{Numbered(it.Certificate)}",
            ActRefused it => new Words(
                $"拒绝“{Act(it.Act)}” {(int)it.Refusal.Code}（{it.Refusal.Clause}）：{Characters.Harmless(it.Refusal.Because.Zh)}",
                $"refused '{Act(it.Act)}' {(int)it.Refusal.Code} ({it.Refusal.Clause}): {Characters.Harmless(it.Refusal.Because.En)}"
            ).In(lang),
            ClockTurned it => new Words(
                $"计时变为{Wording.Of(it.Colour, Lang.Zh)}，期限 {it.Due:O}{Told(it.ToldTo)}",
                $"clock turned {Wording.Of(it.Colour, Lang.En)}, due {it.Due:O}{Told(it.ToldTo)}"
            ).In(lang),
            CaseHandedOver it => new Words(
                $"交接：{Names(it.From)} → {Names(it.To)}",
                $"handed over: {Names(it.From)} → {Names(it.To)}"
            ).In(lang),
            PowerFollowed it => (
                it.Frozen
                    ? new Words("权限变动，案件中止", "power changed; the case stands still")
                    : new Words("权限恢复，案件继续", "power returned; the case goes on")
            ).In(lang),
            CertificateSet it => Sealed(it.Certificate),
            DueDayMoved it => Moved(it).In(lang),
            var other => other.Kind,
        };
    }

    private string Late(AuditRecord record) =>
        record.Late is not { } late
            ? ""
            : "\n  "
                + new Words(
                    $"补录（{names.Moment(record.ReceivedAt ?? record.At)} 收到）：{late.Reason}；凭据：{late.Paper}",
                    $"entered late (received {names.Moment(record.ReceivedAt ?? record.At)}): {late.Reason}; paper: {late.Paper}"
                ).In(screen.Lang);

    // The text of the statute under which it was decided.
    private string Under(string? law) => law is null ? "" : $"\n  {new Words($"依据 {law}", $"under {law}").In(screen.Lang)}";

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

    private static string Day(DateOnly? day) => day is { } known ? $"{known:O}" : "–";

    private string Sealed(string certificate) => new Words($"盖章编号 {certificate}", $"sealed and numbered {certificate}").In(screen.Lang);

    private string Numbered(string? certificate) => certificate is null ? "" : $"\n  {Sealed(certificate)}";

    private static string Given(IReadOnlyCollection<string> officers) => officers.Count == 0 ? "" : $" [{Names(officers)}]";

    private static string Names(IEnumerable<string> officers) => string.Join(", ", officers);

    private string Fields(string procedure, ActTaken taken) =>
        string.Concat(taken.Fields.Select(f => "\n" + new CasePage(screen, names).FieldLine(procedure, f)));

    private string Told(string? to) => to is null ? "" : $" ({Wording.ToldTo(to, screen.Lang)})";

    private static JournalRecord Stored(AuditRecord record) =>
        new(
            Address.Live,
            record.Stream,
            record.Version,
            record.At,
            record.Kind,
            record.Actor.Id,
            record.Actor.Office,
            record.Actor.For,
            record.CommandId,
            Encoding.UTF8.GetBytes(record.Payload),
            Convert.FromHexString(record.PreviousHash),
            Convert.FromHexString(record.Hash)
        );
}
