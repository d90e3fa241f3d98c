using TownReform.Grains.Journal;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Audit.EndState;

/// <summary>
/// What acts of cases set off at an office has arrived there, unless it waits: somebody who takes an effect out of the outbox leaves no
/// other trace.
/// Of each kind the first of a case is looked for, since an office that knows already what it is told again records nothing. Certificates
/// are the seal's to compare.
/// </summary>
internal sealed class ArrivalsCheck(Findings waiting)
{
    private const string Begin = "begin-secondment",
        End = "end-secondment";

    private static readonly HashSet<string> Recorded = new(StringComparer.Ordinal) { Begin, End, "file-with-county", "adjust-power" };

    private readonly Dictionary<(string Stream, string Effect), (long Version, Guid Arrives)> expected = [];
    private readonly HashSet<Guid> arrived = [];
    private bool folded;

    /// <summary>An act of a case has these effects, in order.</summary>
    public void Expect(JournalRecord record, IReadOnlyList<string> effects)
    {
        for (var n = 0; n < effects.Count; n++)
        {
            if (Recorded.Contains(effects[n]))
            {
                expected.TryAdd(
                    (record.Stream, effects[n]),
                    (record.Version, DerivedIds.Of(new EffectId(record.Stream, record.Version, n)))
                );
            }
        }
    }

    public void Take(JournalRecord record)
    {
        if (!record.Stream.StartsWith("case/", StringComparison.Ordinal) && record.ActorId == Actor.System.Id)
        {
            arrived.Add(record.CommandId);
        }
    }

    /// <summary>Records of an office have left memory: nobody can say what has arrived there.</summary>
    public void Fold(string stream) => folded |= !stream.StartsWith("case/", StringComparison.Ordinal);

    /// <param name="all">Nothing waits any more.</param>
    public void Finish(bool all, Func<string, bool> isLost)
    {
        if (!all || folded)
        {
            return;
        }

        foreach (var ((stream, effect), (version, id)) in expected)
        {
            waiting.Look();

            // An end that overtakes its beginning leaves nothing to begin.
            if (!arrived.Contains(id) && !isLost(stream["case/".Length..]) && !(effect == Begin && expected.ContainsKey((stream, End))))
            {
                waiting.Breach(
                    stream,
                    version,
                    $"后续动作 {effect} 既未送达，也不在 outbox 中。",
                    $"Its effect {effect} has not arrived and doesn't wait either."
                );
            }
        }
    }
}
