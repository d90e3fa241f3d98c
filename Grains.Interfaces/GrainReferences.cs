namespace TownReform;

/// <summary>
/// Grain references without reflection: <see cref="IGrainFactory"/> resolves the interface's type names by attribute at each call,
/// which cost more than the call itself. The names never change, so they are resolved once. For silos, and for clients that are connected.
/// </summary>
public static class GrainReferences
{
    /// <summary>The grain of an interface under a key; the interface has exactly one grain class.</summary>
    public static T Grain<T>(this IGrainFactory grains, string key)
        where T : IGrainWithStringKey
    {
        if (Names<T>.Resolved is not { } names)
        {
            var reference = grains.GetGrain<T>(key);
            var resolved = (GrainReference)(object)reference;
            Names<T>.Resolved = new(resolved.GrainId.Type, resolved.InterfaceType);
            return reference;
        }

        return (T)grains.GetGrain(GrainId.Create(names.Grain, IdSpan.Create(key)), names.Interface);
    }

    private sealed record ResolvedNames(GrainType Grain, GrainInterfaceType Interface);

    private static class Names<T>
    {
        public static ResolvedNames? Resolved { get; set; }
    }
}
