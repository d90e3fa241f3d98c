using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Work;

/// <summary>
/// The desks of the workplaces whose one activation lives on this silo. A case beside them takes its steps in without a call: a call costs both grains
/// a turn, and a case would make one or two at each step.
/// </summary>
public sealed class LocalDesks
{
    private readonly ConcurrentDictionary<string, SharedDesk> open = new(StringComparer.Ordinal);

    /// <param name="workplace">Key of the workplace, without the world.</param>
    internal bool TryFind(string workplace, [NotNullWhen(true)] out SharedDesk? desk) => open.TryGetValue(workplace, out desk);

    internal void Put(string workplace, SharedDesk desk) => open[workplace] = desk;

    /// <summary>Takes it out, unless another activation's has taken its place.</summary>
    internal void Remove(string workplace, SharedDesk desk) => open.TryRemove(KeyValuePair.Create(workplace, desk));
}
