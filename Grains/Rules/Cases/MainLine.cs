using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>The way that a case of a procedure goes when nothing gets in between (主流程): what is shown as its line of steps.</summary>
public static class MainLine
{
    /// <summary>Steps of the shortest way, by acts of people, from the start to an end that grants; to any decision where none
    /// grants.</summary>
    public static ImmutableArray<string> Of(Procedure procedure)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal) { [procedure.Start] = null };
        var open = new Queue<string>([procedure.Start]);
        string? last = null;
        var isGranted = false;
        while (open.TryDequeue(out var code) && !isGranted)
        {
            if (!procedure.Steps.TryGetValue(code, out var step))
            {
                continue;
            }

            foreach (var act in ProcedureForms.ActsOfPeople(step.Acts.Values))
            {
                if (procedure.Ends.GetValueOrDefault(act.To) is { } end)
                {
                    var isBetter = !isGranted && (end.Granted || (last is null && end.Disposition == Disposition.Decided));
                    (last, isGranted) = isBetter ? (code, end.Granted) : (last, isGranted);
                }
                else if (before.TryAdd(act.To, code))
                {
                    open.Enqueue(act.To);
                }
            }
        }

        var way = ImmutableArray.CreateBuilder<string>();
        for (var code = last ?? procedure.Start; code is not null; code = before[code])
        {
            way.Insert(0, code);
        }

        return way.ToImmutable();
    }
}
