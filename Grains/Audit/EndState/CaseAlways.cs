using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>What holds for every case, whatever its procedure leads to: who caused an act, whose the power was, and what its matter says is
/// always true.</summary>
internal sealed class CaseAlways(SeedLibrary seeds, PublishedPowers published)
{
    /// <summary>Tells what doesn't hold.</summary>
    public void Judge(JournalRecord record, CaseFile file, CaseEvent happened, Findings legal)
    {
        Authority(record, file, happened, legal);
        Always(record, CaseState.Apply(file, happened), legal);
    }

    // What only the town does by rule bears an id that follows from its place; and the power was the town's, by what was published when it
    // decided.
    private void Authority(JournalRecord record, CaseFile file, CaseEvent happened, Findings legal)
    {
        if (happened is not ActTaken it)
        {
            return;
        }

        if (record.ActorOffice == Actor.System.Office && record.CommandId != DerivedIds.Of(record.Stream, record.Version))
        {
            legal.Breach(
                record.Stream,
                record.Version,
                $"以系统名义办理“{it.Act}”，却非由规则引起。",
                $"'{it.Act}' was done as the system, and no rule caused it."
            );
        }

        if (
            it.Decides
            && seeds.ProcedureOf(file).Route == "town"
            && seeds.Towns[file.Town].Items.GetValueOrDefault(file.Subject) is { } item
            && published.On(file.Town, item.Code, it.Day, record.ReceivedAt ?? record.At) is { } standing
            && !PowerRules.MayDecide(item, standing)
        )
        {
            legal.Breach(
                record.Stream,
                record.Version,
                $"{it.Day:O} 按当时已公布的，{item.Code} 的权限不在镇（{standing}）。",
                $"On {it.Day:O} the power {item.Code} was not the town's by what was published then ({standing})."
            );
        }
    }

    // What holds for every case of a procedure by what its matter says.
    private void Always(JournalRecord record, CaseFile after, Findings legal)
    {
        foreach (var invariant in seeds.ProcedureOf(after).Declared.AlwaysTrue)
        {
            if (!invariant.Holds(after))
            {
                legal.Breach(
                    record.Stream,
                    record.Version,
                    $"案件不符合：{invariant.Says.Zh}（{invariant.Clause}）。",
                    $"The case is not as it always is: {invariant.Says.En} ({invariant.Clause})."
                );
            }
        }
    }
}
