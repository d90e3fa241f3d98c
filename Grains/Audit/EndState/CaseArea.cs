using TownReform.Grains.Cases;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// Replays the cases. Each event must be one that the procedure allows over what was recorded before, an ended case stays ended, and what
/// was decided is decided once.
/// </summary>
internal sealed class CaseArea(CaseJudge judge, Findings legal, Findings decided, Findings readable) : Area
{
    private readonly Dictionary<string, CaseTrack> tracks = new(StringComparer.Ordinal);
    private readonly Func<CaseFile, Procedure> procedureOf = judge.ProcedureOf;
    private readonly HashSet<string> lost = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, CaseTrack> Cases => tracks;

    public CaseTrack? Find(string number) => tracks.GetValueOrDefault(number);

    /// <inheritdoc cref="CaseJudge.Knows(CaseFile)"/>
    public bool Knows(CaseFile file) => judge.Knows(file);

    /// <summary>Whether a record of the case could not be followed, so that nothing is known of it.</summary>
    public bool IsLost(string number) => lost.Contains(number);

    public override void Fold(string key) => Of(key).Fold();

    public override string? Take(string key, JournalRecord record)
    {
        readable.Look();
        if (lost.Contains(key))
        {
            return null;
        }

        try
        {
            var happened = CaseCodec.Instance.Read(record);
            Follow(key, record, Of(key), happened);
            return happened switch
            {
                ActTaken it => it.Act,
                CaseOpened => CaseRules.OpenAct,
                _ => null,
            };
        }
        catch (Exception e)
        {
            // What stands there may be anything; see Area<,>.
            readable.Breach(
                record.Stream,
                record.Version,
                $"记录读不出或接不上：{e.Message}",
                $"The record can't be read, or can't follow what was recorded before: {e.Message}"
            );
            lost.Add(key);
            return null;
        }
    }

    private void Follow(string key, JournalRecord record, CaseTrack track, CaseEvent happened)
    {
        if (track.Folded)
        {
            legal.NotJudged();
            return;
        }

        if (track.HasEnded)
        {
            AfterTheEnd(track, record, happened);
            return;
        }

        var before = track.File!;
        if (!before.IsOpened && happened is not (CaseOpened or ActRefused))
        {
            legal.Breach(record.Stream, record.Version, "案件未曾收件。", "The case was never opened.");
            lost.Add(key);
            return;
        }

        if (happened is ActTaken { Decides: true } && before.Decided && judge.DecidesOnce(before))
        {
            decided.Breach(
                record.Stream,
                record.Version,
                "案件已作出决定，又决定一次。",
                "The case was decided before, and is decided again."
            );
        }

        if (judge.Knows(before, happened))
        {
            legal.Look();
            judge.Judge(key, record, before, happened, legal);
        }
        else
        {
            legal.NotJudged();
            track.NotJudged = true;
        }

        judge.Note(track, record, happened);
        track.Apply(happened, record, procedureOf);
        decided.Look(track.HasEnded ? 1 : 0);
    }

    // A refusal, and a number that was asked for before the end, are all that may come.
    private void AfterTheEnd(CaseTrack track, JournalRecord record, CaseEvent happened)
    {
        legal.Look();
        if (happened is ActRefused || (happened is CertificateSet && track is { Certificate: null, NumberAskedAt: > 0 }))
        {
            track.Apply(happened, record, procedureOf);
            return;
        }

        if (happened is ActTaken { Disposition: not Disposition.Open } or ActTaken { Decides: true })
        {
            decided.Breach(
                record.Stream,
                record.Version,
                "案件已办结，又办结或决定一次。",
                "The case had ended, and ends or is decided again."
            );
        }
        else
        {
            decided.Breach(
                record.Stream,
                record.Version,
                $"案件已办结，其后不应再有 {record.Kind}。",
                $"The case had ended; no {record.Kind} may follow."
            );
        }
    }

    private CaseTrack Of(string key)
    {
        if (!tracks.TryGetValue(key, out var track))
        {
            tracks.Add(key, track = new CaseTrack());
        }

        return track;
    }
}
