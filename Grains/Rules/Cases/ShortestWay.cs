using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The steps of a procedure that nobody can do without (办理流程): the shortest way from its start to an end that grants what was
/// asked for, else to one that decides.</summary>
public static class ShortestWay
{
    public static ImmutableArray<StepRule> Of(Procedure procedure)
    {
        var (before, queue) = (new Dictionary<string, string?>(StringComparer.Ordinal), new Queue<string>());
        before.Add(procedure.Start, null);
        queue.Enqueue(procedure.Start);
        string? decided = null;
        while (queue.TryDequeue(out var at))
        {
            foreach (var act in procedure.Steps[at].Acts.Values.OrderBy(act => act.Code, StringComparer.Ordinal))
            {
                if (ActorRules.IsOfSystem(act))
                {
                    continue;
                }

                if (procedure.Ends.TryGetValue(act.To, out var end))
                {
                    if (end.Granted)
                    {
                        return Back(procedure, before, at);
                    }

                    decided ??= end.Disposition == Disposition.Decided ? at : null;
                }
                else if (before.TryAdd(act.To, at))
                {
                    queue.Enqueue(act.To);
                }
            }
        }

        return decided is null ? [] : Back(procedure, before, decided);
    }

    private static ImmutableArray<StepRule> Back(Procedure procedure, Dictionary<string, string?> before, string last)
    {
        var way = ImmutableArray.CreateBuilder<StepRule>();
        for (string? at = last; at is not null; at = before[at])
        {
            way.Insert(0, procedure.Steps[at]);
        }

        return way.ToImmutable();
    }
}
