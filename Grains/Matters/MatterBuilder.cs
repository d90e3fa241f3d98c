using TownReform.Grains.Matters.Audited;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters;

/// <summary>Takes what a matter declares. Parameters of its functions are bound by name and type (<see cref="FunctionBinder{T}"/>), as
/// ASP.NET's minimal APIs bind a handler.</summary>
public sealed class MatterBuilder
{
    private readonly Dictionary<Type, Delegate> values = [];
    private readonly Dictionary<string, NamedRule> rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedEffect> effects = new(StringComparer.Ordinal);

    private readonly Dictionary<string, DeclaredProcedure> procedures = new(StringComparer.Ordinal);

    private readonly Dictionary<string, CaseLabelRule> labels = new(StringComparer.Ordinal);

    private readonly Dictionary<Type, StaffTaking> staff = [];

    internal MatterBuilder() { }

    internal IReadOnlyDictionary<string, CaseLabelRule> Labels => labels;

    internal IReadOnlyDictionary<string, DeclaredProcedure> Procedures => procedures;

    internal IReadOnlyDictionary<string, NamedRule> Rules => rules;

    internal IReadOnlyDictionary<string, NamedEffect> Effects => effects;

    internal IReadOnlyDictionary<Type, StaffTaking> Staff => staff;

    internal SimulationBuilder Simulated { get; } = new();

    internal AuditBuilder Audited { get; } = new();

    /// <summary>A type of parameter that the matter composes from others. To be declared before the rules that read it.</summary>
    public MatterBuilder Value(Delegate compose)
    {
        values.Add(compose.Method.ReturnType, compose);
        return this;
    }

    /// <summary>A rule that procedures ask by name.</summary>
    /// <param name="clause">The clause that it carries out.</param>
    /// <param name="rule">A pure function that answers a <see cref="Refusal"/>, or null when it has nothing against it.</param>
    /// <exception cref="ArgumentException">The name is taken, or a parameter can't be bound.</exception>
    public MatterBuilder Rule(string name, string clause, Delegate rule)
    {
        var (reads, call) = FunctionBinder<Refusal?>.Bind(rule, values);
        rules.Add(name, new NamedRule(name, clause, reads, call));
        return this;
    }

    /// <summary>A rule that procedures ask by name: the receiver of an effect would take it. It is asked before anything is
    /// decided.</summary>
    /// <param name="effect">An effect that is declared already, whose receiver can tell (<see cref="IEffectForeseer"/>).</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="KeyNotFoundException">No such effect is declared before.</exception>
    public MatterBuilder Foresee(string name, string clause, string effect)
    {
        rules.Add(name, new NamedRule(name, clause, effects[effect]));
        return this;
    }

    /// <summary>A label that procedures may name, so that lists can ask for their cases by it. A field's name is one without a
    /// declaration.</summary>
    /// <param name="value">Its value of a case; null for none.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public MatterBuilder Label(string name, Func<CaseFile, string?> value)
    {
        labels.Add(name, new CaseLabelRule(name, value));
        return this;
    }

    /// <summary>What the record of a member of staff does with one of the matter's effects.</summary>
    /// <param name="act">By which a refusal goes on record.</param>
    /// <param name="take">A pure function of the record, the person's id, the effect and the town's policy; null when it changes
    /// nothing.</param>
    /// <exception cref="ArgumentException">The effect is declared already.</exception>
    public MatterBuilder StaffTakes<TEffect>(string act, Func<StaffState, string, TEffect, TownPolicy, Outcome<StaffEvent>?> take)
        where TEffect : Effect
    {
        staff.Add(
            typeof(TEffect),
            new StaffTaking(typeof(TEffect), act, (state, id, effect, policy) => take(state, id, (TEffect)effect, policy))
        );
        return this;
    }

    /// <summary>What the matter says of one of its procedures beyond the procedure's file.</summary>
    /// <exception cref="ArgumentException">The procedure is declared already, or a parameter can't be bound.</exception>
    public MatterBuilder Procedure(string code, Action<ProcedureBuilder> say)
    {
        var builder = new ProcedureBuilder(values);
        say(builder);
        procedures.Add(code, builder.Declared);
        return this;
    }

    /// <summary>The matter's part of the simulator.</summary>
    internal MatterBuilder Simulation(Action<SimulationBuilder> say)
    {
        say(Simulated);
        return this;
    }

    /// <summary>The matter's part of the end-state audit, beside <see cref="ProcedureBuilder.AlwaysTrue"/>.</summary>
    internal MatterBuilder Audit(Action<AuditBuilder> say)
    {
        say(Audited);
        return this;
    }

    /// <summary>An effect that procedures cause by name.</summary>
    /// <param name="make">A pure function that answers a <see cref="Message"/>; it reads the case as the act leaves it.</param>
    /// <exception cref="ArgumentException">The name is taken, or a parameter can't be bound.</exception>
    public MatterBuilder Effect(string name, Delegate make)
    {
        var (reads, call) = FunctionBinder<Message>.Bind(make, values);
        effects.Add(name, new NamedEffect(name, reads, call));
        return this;
    }
}
