using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Seals;

/// <summary>
/// The seals whose one activation lives on this silo. A case beside one has its decision sealed, numbered and recorded in one commit; a case of another silo
/// asks by an effect, and is told by another.
/// </summary>
public sealed class LocalSeals
{
    private readonly ConcurrentDictionary<string, SharedSeal> open = new(StringComparer.Ordinal);

    /// <param name="town">Code of the town whose seal it is.</param>
    internal bool TryFind(string town, [NotNullWhen(true)] out SharedSeal? seal) => open.TryGetValue(town, out seal);

    internal void Put(string town, SharedSeal seal) => open[town] = seal;

    /// <summary>Takes it out, unless another activation's has taken its place.</summary>
    internal void Remove(string town, SharedSeal seal) => open.TryRemove(KeyValuePair.Create(town, seal));
}
