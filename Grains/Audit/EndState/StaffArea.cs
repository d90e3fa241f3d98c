using TownReform.Grains.Journal;
using TownReform.Grains.Matters.Secondments;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Staff;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// E1–E5: each secondment was approved by its case, keeps the term, the years of service and the agreement when it begins, and nobody is
/// away twice on one day. Whether a longer term had its reason is on the case, which is looked at when everything is read.
/// </summary>
internal sealed class StaffArea : Area<StaffState, StaffEvent>
{
    // Whether a longer term has its reason is asked of the case.
    private const string Judged = "on the case";

    private readonly SeedLibrary seeds;
    private readonly Findings secondments;
    private readonly List<Begun> begun = [];

    public StaffArea(SeedLibrary seeds, Findings secondments, Findings speakers, Findings readable)
        : base(StaffRecord.Events, StaffState.Empty, readable) =>
        (this.seeds, this.secondments, Speakers) = (seeds, secondments, new SpeakersCheck(Hired, speakers));

    /// <summary>Who spoke to the town's offices, judged by these people's records.</summary>
    public SpeakersCheck Speakers { get; }

    /// <summary>Somebody as hired, wherever they are at the moment; null when nobody of that id is on record.</summary>
    public StaffFacts? Hired(string town, string id) =>
        States.GetValueOrDefault($"{town}/{id}")?.Facts is { } facts ? facts with { Absences = [] } : null;

    /// <summary>Compares what began with what the cases approved.</summary>
    public void Finish(Func<string, CaseTrack?> caseOf)
    {
        Speakers.Finish();
        foreach (var it in begun)
        {
            if (caseOf(it.Event.Case) is not { } track || track.Folded)
            {
                if (caseOf(it.Event.Case) is null)
                {
                    secondments.Breach(
                        it.Stream,
                        it.Version,
                        $"所依据的案件 {it.Event.Case} 不在记录中。",
                        $"Its case {it.Event.Case} is not on record."
                    );
                }

                secondments.NotJudged();
                continue;
            }

            // Recalled before it began, it is shorter than approved; longer it never is.
            var approved = track.Approvals.FirstOrDefault(a =>
                a.To == it.Event.To && a.From == it.Event.From && (a.Until == it.Event.Until || (it.EndedEarly && a.Until > it.Event.Until))
            );
            if (approved is null)
            {
                secondments.Breach(
                    it.Stream,
                    it.Version,
                    $"案件 {it.Event.Case} 未批准此借调（E1）。",
                    $"Case {it.Event.Case} has not approved this secondment (E1)."
                );
            }
            else if (it.TooLong is { } refusal && string.IsNullOrWhiteSpace(approved.Exception))
            {
                secondments.Breach(it.Stream, it.Version, refusal);
            }
        }
    }

    protected override void Judge(string key, JournalRecord record, StaffState state, StaffEvent happened)
    {
        secondments.Look();
        var id = key[(key.IndexOf('/') + 1)..];
        if (happened is LeaveTaken)
        {
            Speakers.Over(key[..key.IndexOf('/')], record, id);
        }

        Outcome<StaffEvent>? asked = happened switch
        {
            StaffHired it => StaffRules.Hire(state, it.Particulars),
            LeaveTaken it => StaffRules.TakeLeave(state, id, it.From, it.Until),
            SecondmentBegun it => SecondmentOnRecord.Begin(
                state,
                id,
                new BeginSecondment(it.Case, it.To, it.From, it.Until, Judged),
                seeds.Towns[key[..key.IndexOf('/')]].Policy
            ),
            SecondmentEnded it => SecondmentOnRecord.End(state, id, new EndSecondment(it.Case, it.LastDay)),
            _ => happened,
        };
        if (asked is null)
        {
            secondments.Breach(
                record.Stream,
                record.Version,
                $"{record.Kind} 与已有记录重复。",
                $"{record.Kind} repeats what was on record already."
            );
        }
        else if (asked.Refusal is { } refusal)
        {
            secondments.Breach(record.Stream, record.Version, refusal);
        }
        else if (happened is SecondmentBegun it)
        {
            Judge(key[..key.IndexOf('/')], record, state, it);
        }
    }

    private void Judge(string town, JournalRecord record, StaffState state, SecondmentBegun it)
    {
        var (person, plan) = (state.Facts!, seeds.Towns[town]);
        var request = new SecondmentRequest(
            it.Case,
            it.To,
            SecondmentCaseRules.LevelOf(plan, it.To),
            it.From,
            it.Until,
            TownAgreed: true,
            OrganisationApproved: true
        );
        if ((SecondmentRules.ServiceYears(person, request, plan.Policy) ?? SecondmentRules.Agreement(person, request)) is { } refusal)
        {
            secondments.Breach(record.Stream, record.Version, refusal);
        }

        begun.Add(
            new Begun(
                record.Stream,
                record.Version,
                it,
                state.Ended.ContainsKey(it.Case),
                SecondmentRules.Term(person, request, plan.Policy)
            )
        );
    }

    protected override void JudgeAfter(string key, JournalRecord record, StaffState state)
    {
        var absences = state.Facts?.Absences ?? [];
        for (var i = 1; i < absences.Length; i++)
        {
            if (absences[i].From <= absences[i - 1].Until)
            {
                secondments.Breach(
                    record.Stream,
                    record.Version,
                    $"{absences[i].From:O} 有两项不在岗。",
                    $"Away twice on {absences[i].From:O}."
                );
            }
        }
    }

    protected override StaffState Apply(StaffState state, StaffEvent happened) => StaffRules.Apply(state, happened);

    /// <summary>A secondment that began, to be compared with its case.</summary>
    /// <param name="TooLong">What the term says when there is no reason for an exception.</param>
    private sealed record Begun(string Stream, long Version, SecondmentBegun Event, bool EndedEarly, Refusal? TooLong);
}

/// <summary>A secondment as a case approved it.</summary>
internal sealed record SecondmentApproval(string To, DateOnly From, DateOnly Until, string? Exception);
