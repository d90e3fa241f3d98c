using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Neighbours;

/// <summary>What grains whose one activation lives on this silo share with the grains beside them, by their keys without the
/// world.</summary>
internal sealed class SiloLocal<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> open = new(StringComparer.Ordinal);

    public bool TryFind(string key, [NotNullWhen(true)] out T? shared) => open.TryGetValue(key, out shared);

    public T GetOrAdd<TArgument>(string key, Func<string, TArgument, T> make, TArgument argument) => open.GetOrAdd(key, make, argument);

    public void Put(string key, T shared) => open[key] = shared;

    /// <summary>Takes it out, unless another activation's has taken its place.</summary>
    public void Remove(string key, T shared) => open.TryRemove(KeyValuePair.Create(key, shared));
}
