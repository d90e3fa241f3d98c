using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Recording;

/// <summary>
/// What grains whose one activation lives on this silo share with the cases beside them, by their keys without the world: the desks of
/// workplaces, where a case's step is taken
/// in without a call, and the seals of towns, where its decision is sealed, numbered and recorded in one commit. A call costs both grains a
/// turn, and a case would make one or two at each step.
/// A case that finds nothing here calls the grain, wherever it is.
/// </summary>
internal sealed class LocallyShared<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> open = new(StringComparer.Ordinal);

    public bool TryFind(string key, [NotNullWhen(true)] out T? shared) => open.TryGetValue(key, out shared);

    public void Put(string key, T shared) => open[key] = shared;

    /// <summary>Takes it out, unless another activation's has taken its place.</summary>
    public void Remove(string key, T shared) => open.TryRemove(KeyValuePair.Create(key, shared));
}
