using TownReform.Grains.Assessments;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>E7: in no group, at no point of a round, are more excellent than the share allows.</summary>
internal sealed class AssessmentArea(SeedLibrary seeds, Findings excellent, Findings readable, SpeakersCheck speakers)
    : Area<AssessmentState, AssessmentEvent>(AssessmentRecord.Events, AssessmentState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, AssessmentState state, AssessmentEvent happened)
    {
        excellent.Look();
        var (town, round) = TownOf(key);
        var asked = happened switch
        {
            AssessmentOpened it => AssessmentRules.Open(state, new OpenAssessment(StampOf.Record(record), it.Year, it.People), it.Terms),
            StaffMarked it => AssessmentRules.Mark(state, it.Staff, it.Grade),
            AssessmentClosed => AssessmentRules.Close(state, round),
            _ => null,
        };
        if (asked?.Refusal is { } refusal)
        {
            excellent.Breach(record.Stream, record.Version, refusal);
        }

        if (happened is StaffMarked marked)
        {
            speakers.Over(town, record, marked.Staff);
        }
        else if (happened is not AssessmentRefused)
        {
            speakers.InRole(town, record, OfficeRules.Personnel);
        }

        if (
            happened is AssessmentOpened opened
            && !opened.Terms.SharesAs(
                AssessmentRules.TermsOf(
                    opened.Terms.WorkingDays,
                    seeds.Towns[town].Policy,
                    seeds.Law.On(seeds.Towns[town].DayOf(record.At))
                )
            )
        )
        {
            excellent.Breach(
                record.Stream,
                record.Version,
                $"优秀比例 {opened.Terms.Share} 不是方案或者当日规定所定。",
                $"A share of {opened.Terms.Share} is neither the plan's nor the law's of that day."
            );
        }
    }

    protected override void JudgeAfter(string key, JournalRecord record, AssessmentState state)
    {
        foreach (var (group, count) in state.Groups)
        {
            if (count.Excellent > count.ExcellentCap)
            {
                excellent.Breach(
                    record.Stream,
                    record.Version,
                    $"{group} 优秀 {count.Excellent} 名，上限 {count.ExcellentCap} 名。",
                    $"{count.Excellent} of {group} are excellent; at most {count.ExcellentCap} may be."
                );
            }
        }
    }

    protected override AssessmentState Apply(AssessmentState state, AssessmentEvent happened) => AssessmentRules.Apply(state, happened);
}

/// <summary>A record's command as it was stamped.</summary>
internal static class StampOf
{
    public static Stamp Record(JournalRecord record) =>
        new(record.CommandId, new Actor(record.ActorId, record.ActorOffice, record.ActorFor), record.At);
}
