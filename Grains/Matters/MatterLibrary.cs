using System.Collections.Frozen;
using System.Reflection;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters;

/// <summary>All matters that the code has, found by their type, with every rule and effect that a procedure file may name.</summary>
public static class MatterLibrary
{
    private static readonly (FrozenDictionary<string, NamedRule> Rules, FrozenDictionary<string, NamedEffect> Effects) All = Find(
        typeof(MatterLibrary).Assembly
    );

    /// <summary>Rules by name.</summary>
    public static FrozenDictionary<string, NamedRule> Rules => All.Rules;

    /// <summary>Effects by name.</summary>
    public static FrozenDictionary<string, NamedEffect> Effects => All.Effects;

    /// <exception cref="ArgumentException">Two matters declare one name, or a function can't be bound.</exception>
    internal static (FrozenDictionary<string, NamedRule> Rules, FrozenDictionary<string, NamedEffect> Effects) Find(Assembly assembly)
    {
        MatterBuilder[] matters =
        [
            .. assembly
                .GetTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IMatter).IsAssignableFrom(t))
                .Select(Declared),
        ];
        return (
            matters.SelectMany(m => m.Rules).ToFrozenDictionary(StringComparer.Ordinal),
            matters.SelectMany(m => m.Effects).ToFrozenDictionary(StringComparer.Ordinal)
        );
    }

    private static MatterBuilder Declared(Type matter)
    {
        var builder = new MatterBuilder();
        matter
            .GetMethod(nameof(IMatter.Declare), BindingFlags.Public | BindingFlags.Static, [typeof(MatterBuilder)])!
            .Invoke(null, [builder]);
        return builder;
    }
}
