using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>What happened on a case, in the words of its town: who did what, when; each refusal with its clause (I2).</summary>
internal sealed class CaseStory(Screen screen, TownNames names)
{
    public void Write(CaseView view, IEnumerable<HistoryRecord> records)
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
            listing.Add($"{record.Version}", names.Moment(record.At), Who(record), What(view.Procedure, record));
        }

        listing.Write(screen);
    }

    private string Who(HistoryRecord record)
    {
        var (actor, office) = (record.Actor, record.Office.In(screen.Lang));
        return actor == Actor.System ? office
            : actor.For is { } other ? $"{actor.Id} ({office}) → {other}"
            : $"{actor.Id} ({office})";
    }

    private string What(string procedure, HistoryRecord record)
    {
        var page = new CasePage(screen, names);
        IEnumerable<string> lines =
        [
            record.Sentence.In(screen.Lang),
            // What was filled in at the opening stands above, with the case.
            .. record.To is null || record.Act == Opening ? [] : record.Fields.Select(f => page.FieldLine(procedure, new(f.Name, f.Value))),
            .. record.Notes.Select(note => $"  {note.In(screen.Lang)}"),
        ];
        return string.Join('\n', lines);
    }

    private const string Opening = Grains.Rules.Cases.CaseRules.OpenAct;
}
