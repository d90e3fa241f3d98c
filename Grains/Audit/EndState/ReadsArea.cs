using TownReform.Grains.Journal;
using TownReform.Grains.Reads;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Reads;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>The read log stands where it belongs: reads of the town's cases, of the day and the office of their stream, and noted by the
/// system.</summary>
internal sealed class ReadsArea(SeedLibrary seeds, Findings speakers, Findings readable)
    : Area<ReadState, ReadEvent>(ReadRecord.Events, ReadState.Empty, readable)
{
    protected override void Judge(string key, JournalRecord record, ReadState state, ReadEvent happened)
    {
        speakers.Look();
        if (
            record.ActorOffice == Actor.System.Office
            && ReadRules.Read(key) is var (day, town, office)
            && seeds.Towns.TryGetValue(town, out var plan)
            && ReadRules.OfficeName(plan, office) is not null
            && ((FilesRead)happened).Reads.All(read => Belongs(read, plan, day))
        )
        {
            return;
        }

        speakers.Breach(
            record.Stream,
            record.Version,
            "阅卷留痕与其所在的镇、机构或日期不符。",
            "What was read is not of the stream's town, office or day."
        );
    }

    protected override ReadState Apply(ReadState state, ReadEvent happened) => ReadState.Apply(state, happened);

    private static bool Belongs(NotedRead read, TownPlan plan, DateOnly day) =>
        plan.DayOf(read.At) == day && read.Case.StartsWith(plan.Prefix, StringComparison.Ordinal);
}
