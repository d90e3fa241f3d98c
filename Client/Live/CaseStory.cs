using System.Text;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Client.Live;

/// <summary>What happened on a case, from its record: who did what, when; each refusal with its clause (I2).</summary>
internal sealed class CaseStory(Screen screen, Plans plans)
{
    public void Write(CaseView view, IEnumerable<AuditRecord> records)
    {
        var plan = plans.Seeds.Towns.GetValueOrDefault(view.Town);
        var table = Columns.Titled(new Words("办理经过", "History").In(screen.Lang)).Text(new("#", "#"), screen.Lang).Text(new("时间", "When"), screen.Lang)
            .Text(new("何人", "Who"), screen.Lang).Text(new("何事", "What"), screen.Lang);
        foreach (var record in records)
        {
            table.Row($"{record.Version}", Moments.Show(record.At, plan), Who(record.Actor), What(view.Procedure, record));
        }

        screen.Console.Write(table);
    }

    private static string Who(Actor actor) =>
        actor == Actor.System ? actor.Id : actor.For is { } other ? $"{actor.Id} ({actor.Office}) → {other}" : $"{actor.Id} ({actor.Office})";

    private string What(string procedure, AuditRecord record)
    {
        var lang = screen.Lang;
        string Step(string code) => plans.StepName(procedure, code, lang);
        return CaseCodec.Instance.Read(Stored(record)) switch
        {
            CaseOpened it => new Words($"受理 → {Step(it.Step)}{Given(it.Officers)}", $"opened → {Step(it.Step)}{Given(it.Officers)}").In(lang),
            ActTaken it => $"{plans.ActName(procedure, it.From, it.Act, lang)} ({it.Act}) → {Step(it.To)}{Given(it.Officers)}{Fields(it)}{Numbered(it.Certificate)}",
            ActRefused it => new Words(
                $"拒绝“{it.Act}” {(int)it.Refusal.Code}（{it.Refusal.Clause}）：{it.Refusal.Because.Zh}",
                $"refused '{it.Act}' {(int)it.Refusal.Code} ({it.Refusal.Clause}): {it.Refusal.Because.En}").In(lang),
            ClockTurned it => new Words($"时限变为{Wording.Of(it.Colour, Lang.Zh)}，期限 {it.Due:O}{Told(it.ToldTo)}", $"clock turned {Wording.Of(it.Colour, Lang.En)}, due {it.Due:O}{Told(it.ToldTo)}").In(lang),
            CaseHandedOver it => new Words($"交接：{Names(it.From)} → {Names(it.To)}", $"handed over: {Names(it.From)} → {Names(it.To)}").In(lang),
            PowerFollowed it => (it.Frozen ? new Words("权限变动，案件中止", "power changed; the case stands still") : new Words("权限恢复，案件继续", "power returned; the case goes on")).In(lang),
            CertificateSet it => Sealed(it.Certificate),
            var other => other.Kind,
        };
    }

    private string Sealed(string certificate) => new Words($"盖章编号 {certificate}", $"sealed and numbered {certificate}").In(screen.Lang);

    private string Numbered(string? certificate) => certificate is null ? "" : $"\n  {Sealed(certificate)}";

    private static string Given(IReadOnlyCollection<string> officers) => officers.Count == 0 ? "" : $" [{Names(officers)}]";

    private static string Names(IEnumerable<string> officers) => string.Join(", ", officers);

    private static string Fields(ActTaken taken) => string.Concat(taken.Fields.Select(f => $"\n  {f.Name} = {f.Value}"));

    private static string Told(string? to) => to is null ? "" : $" ({to})";

    private static JournalRecord Stored(AuditRecord record) => new(
        Address.Live, record.Stream, record.Version, record.At, record.Kind, record.Actor.Id, record.Actor.Office, record.Actor.For, record.CommandId,
        Encoding.UTF8.GetBytes(record.Payload), Convert.FromHexString(record.PreviousHash), Convert.FromHexString(record.Hash));
}
