using System.Collections.Frozen;
using System.Reflection;
using TownReform.Grains.Matters.Audited;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters;

/// <summary>All matters that the code has, found by their type, with everything that a procedure file may name.</summary>
public sealed class MatterLibrary
{
    private static readonly MatterLibrary All = Find(typeof(MatterLibrary).Assembly);

    private readonly FrozenDictionary<string, NamedRule> rules;
    private readonly FrozenDictionary<string, NamedEffect> effects;
    private readonly FrozenDictionary<string, DeclaredProcedure> procedures;
    private readonly FrozenDictionary<string, CaseLabelRule> labels;
    private readonly FrozenDictionary<Type, StaffTaking> staff;
    private readonly SimulationLibrary simulation;
    private readonly AuditLibrary audit;

    private MatterLibrary(IReadOnlyCollection<MatterBuilder> matters)
    {
        rules = matters.SelectMany(m => m.Rules).ToFrozenDictionary(StringComparer.Ordinal);
        effects = matters.SelectMany(m => m.Effects).ToFrozenDictionary(StringComparer.Ordinal);
        labels = matters.SelectMany(m => m.Labels).ToFrozenDictionary(StringComparer.Ordinal);
        staff = matters.SelectMany(m => m.Staff).ToFrozenDictionary();
        audit = new AuditLibrary(matters.Select(m => m.Audited));
        simulation = new SimulationLibrary(matters.Select(m => m.Simulated));
        procedures = matters.SelectMany(m => m.Procedures).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Rules by name.</summary>
    public static FrozenDictionary<string, NamedRule> Rules => All.rules;

    /// <summary>Effects by name.</summary>
    public static FrozenDictionary<string, NamedEffect> Effects => All.effects;

    /// <summary>Labels by name.</summary>
    public static FrozenDictionary<string, CaseLabelRule> Labels => All.labels;

    /// <summary>What a member of staff does with effects of matters, by the type of the effect.</summary>
    public static FrozenDictionary<Type, StaffTaking> Staff => All.staff;

    /// <summary>What matters say of the end-state audit.</summary>
    internal static AuditLibrary Audit => All.audit;

    /// <summary>What matters say of simulated years.</summary>
    internal static SimulationLibrary Simulation => All.simulation;

    /// <summary>What matters say of procedures, by the procedure's code.</summary>
    public static FrozenDictionary<string, DeclaredProcedure> Procedures => All.procedures;

    /// <exception cref="ArgumentException">Two matters declare one name, or a function can't be bound.</exception>
    internal static MatterLibrary Find(Assembly assembly) =>
        new([
            .. assembly
                .GetTypes()
                .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IMatter).IsAssignableFrom(t))
                .OrderBy(t => t.FullName, StringComparer.Ordinal)
                .Select(Declared),
        ]);

    private static MatterBuilder Declared(Type matter)
    {
        var builder = new MatterBuilder();
        matter
            .GetMethod(nameof(IMatter.Declare), BindingFlags.Public | BindingFlags.Static, [typeof(MatterBuilder)])!
            .Invoke(null, [builder]);
        return builder;
    }
}
