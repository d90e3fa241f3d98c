using TownReform.Grains.Journal;
using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Audited;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Staff;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// People's records: what follows from a case is what its matter's rules lead to and what the case bears out, which is looked at when
/// everything is read; and nobody is away twice on one day (E1–E5).
/// </summary>
internal sealed class StaffArea : Area<StaffState, StaffEvent>
{
    private readonly SeedLibrary seeds;
    private readonly Findings absences;
    private readonly List<Claimed> claims = [];

    public StaffArea(SeedLibrary seeds, Findings absences, Findings speakers, Findings readable)
        : base(StaffRecord.Events, StaffState.Empty, readable) =>
        (this.seeds, this.absences, Speakers) = (seeds, absences, new SpeakersCheck(Hired, speakers));

    /// <summary>Who spoke to the town's offices, judged by these people's records.</summary>
    public SpeakersCheck Speakers { get; }

    /// <summary>Somebody as hired, wherever they are at the moment; null when nobody of that id is on record.</summary>
    public StaffFacts? Hired(string town, string id) =>
        States.GetValueOrDefault($"{town}/{id}")?.Facts is { } facts ? facts with { Absences = [] } : null;

    /// <summary>Compares what claims to follow from cases with what these have caused.</summary>
    public void Finish(Func<string, CaseTrack?> caseOf)
    {
        Speakers.Finish();
        foreach (var (stream, version, claim) in claims)
        {
            var track = caseOf(claim.Case);
            if (track is null)
            {
                absences.Breach(stream, version, $"所依据的案件 {claim.Case} 不在记录中。", $"Its case {claim.Case} is not on record.");
            }

            if (track is null or { Folded: true })
            {
                absences.NotJudged();
                continue;
            }

            switch (claim.Compare(track.Caused))
            {
                case ClaimFault.Told told:
                    absences.Breach(stream, version, told.Why.Zh, told.Why.En);
                    break;
                case ClaimFault.Refused refused:
                    absences.Breach(stream, version, refused.Refusal);
                    break;
                default:
                    break;
            }
        }
    }

    protected override void Judge(string key, JournalRecord record, StaffState state, StaffEvent happened)
    {
        absences.Look();
        var (town, id) = TownOf(key);
        if (happened is LeaveTaken)
        {
            Speakers.Over(town, record, id);
        }

        if (MatterLibrary.Audit.Staff.TryGetValue(happened.GetType(), out var followUp) && seeds.Towns.TryGetValue(town, out var plan))
        {
            Judge(new StaffOnRecord(plan, id, state), record, happened, followUp);
            return;
        }

        Possible(
            record,
            happened switch
            {
                StaffHired it => StaffRules.Hire(state, it.Particulars),
                LeaveTaken it => StaffRules.TakeLeave(state, id, it.From, it.Until),
                _ => happened,
            }
        );
    }

    private void Judge(StaffOnRecord at, JournalRecord record, StaffEvent happened, StaffFollowUp followUp)
    {
        if (!Possible(record, followUp.Ask(at, happened)))
        {
            return;
        }

        if (followUp.Against(at, happened) is { } refusal)
        {
            absences.Breach(record.Stream, record.Version, refusal);
        }

        if (followUp.Claim(at, happened) is { } claim)
        {
            claims.Add(new Claimed(record.Stream, record.Version, claim));
        }
    }

    private bool Possible(JournalRecord record, Outcome<StaffEvent>? asked)
    {
        if (asked is null)
        {
            absences.Breach(
                record.Stream,
                record.Version,
                $"{record.Kind} 与已有记录重复。",
                $"{record.Kind} repeats what was on record already."
            );
            return false;
        }

        if (asked.Refusal is { } refusal)
        {
            absences.Breach(record.Stream, record.Version, refusal);
            return false;
        }

        return true;
    }

    protected override void JudgeAfter(string key, JournalRecord record, StaffState state)
    {
        var away = state.Facts?.Absences ?? [];
        for (var i = 1; i < away.Length; i++)
        {
            if (away[i].From <= away[i - 1].Until)
            {
                absences.Breach(record.Stream, record.Version, $"{away[i].From:O} 有两项不在岗。", $"Away twice on {away[i].From:O}.");
            }
        }
    }

    protected override StaffState Apply(StaffState state, StaffEvent happened) => StaffRules.Apply(state, happened);

    /// <summary>An event that claims to follow from a case.</summary>
    private sealed record Claimed(string Stream, long Version, CaseClaim Claim);
}
