using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace TownReform.Grains.Neighbours;

/// <summary>
/// Committed facts of the grains whose one activation lives on this silo, for readers beside them. It says what a read-only call would
/// have answered, without the call; a grain puts in only what is on record, and takes it out when it goes. Who finds nothing here asks the
/// grain.
/// </summary>
internal sealed class SiloLocalFacts
{
    private readonly ConcurrentDictionary<(Type Type, string Key), object> facts = new();

    /// <param name="key">Key of the grain, without the world.</param>
    /// <param name="committed">Immutable; found again by its own type.</param>
    public void Put(string key, object committed) => facts[(committed.GetType(), key)] = committed;

    public void Remove(string key, Type type) => facts.TryRemove((type, key), out _);

    public bool TryRead<T>(string key, [NotNullWhen(true)] out T? committed)
        where T : class
    {
        committed = facts.TryGetValue((typeof(T), key), out var found) ? (T)found : null;
        return committed is not null;
    }
}
