using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>What all matters say of simulated years.</summary>
internal sealed class SimulationLibrary
{
    private readonly ImmutableArray<Func<ISimulatedCase, decimal>> fines;

    /// <exception cref="ArgumentException">Two matters declare one name.</exception>
    public SimulationLibrary(IEnumerable<SimulationBuilder> matters)
    {
        SimulationBuilder[] all = [Shared(), .. matters];
        Values = all.SelectMany(m => m.Values).ToFrozenDictionary(v => v.Name, StringComparer.Ordinal);
        Conditions = all.SelectMany(m => m.Conditions).ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        AllParties = [.. all.SelectMany(m => m.AllParties)];
        PartiesByKind = AllParties
            .SelectMany(p => p.Kinds.Select(kind => (kind, p)))
            .ToFrozenDictionary(p => p.kind, p => p.p, StringComparer.Ordinal);
        Parts = [.. all.SelectMany(m => m.Parts)];
        SendElsewhere = all.SelectMany(m => m.RefusalsThatSendElsewhere).ToFrozenSet();
        Requests = all.SelectMany(m => m.Requests).ToFrozenDictionary(r => r.Procedure, StringComparer.Ordinal);
        fines = [.. all.SelectMany(m => m.Fines)];
        Traits = [.. AllParties.SelectMany(p => p.Traits).Append(Simulated.Traits.Organisation).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Values that scenarios may ask for, by name.</summary>
    public FrozenDictionary<string, SimulatedValue> Values { get; }

    /// <summary>Conditions that scenarios may name, beside traits and field=value.</summary>
    public FrozenDictionary<string, SimulatedCondition> Conditions { get; }

    /// <summary>Traits that scenarios may name.</summary>
    public ImmutableArray<string> Traits { get; }

    public ImmutableArray<Parties> AllParties { get; }

    /// <summary>How parties are, by kind of item.</summary>
    public FrozenDictionary<string, Parties> PartiesByKind { get; }

    /// <summary>Parts of scenarios that belong to matters.</summary>
    public ImmutableArray<ScenarioPart> Parts { get; }

    /// <summary>Refusals of an opening after which the party takes another route.</summary>
    public FrozenSet<RefusalCode> SendElsewhere { get; }

    /// <summary>Requests from above, by procedure.</summary>
    public FrozenDictionary<string, SimulatedRequest> Requests { get; }

    /// <summary>The fine that a case has come to, in yuan; 0 for none.</summary>
    public decimal FineOf(ISimulatedCase @case)
    {
        var sum = 0m;
        foreach (var fine in fines)
        {
            sum += fine(@case);
        }

        return sum;
    }

    // Values that every matter may use.
    private static SimulationBuilder Shared() =>
        new SimulationBuilder()
            .Value("$day", CaseNeeds.Nothing, acting => acting.Day.ToString("O", CultureInfo.InvariantCulture))
            .Value(
                $"${ActorRules.With}",
                CaseNeeds.OfFields(ActorRules.With),
                acting => acting.Case.Officers.Length > 1 ? acting.Case.Officers[1] : null
            );
}
