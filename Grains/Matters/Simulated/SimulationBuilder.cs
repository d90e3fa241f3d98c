using System.Collections.Immutable;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>Takes a matter's part of the simulator: what it makes happen over a year, and the words that scenarios may use for it.
/// All of it
/// is pure: the simulator sends the commands.</summary>
internal sealed class SimulationBuilder
{
    public List<SimulatedValue> Values { get; } = [];

    public List<SimulatedCondition> Conditions { get; } = [];

    public List<Parties> AllParties { get; } = [];

    public List<ScenarioPart> Parts { get; } = [];

    public List<RefusalCode> RefusalsThatSendElsewhere { get; } = [];

    public List<SimulatedRequest> Requests { get; } = [];

    public List<Func<ISimulatedCase, decimal>> Fines { get; } = [];

    /// <summary>A value that scenarios may ask for.</summary>
    /// <param name="name">With its $.</param>
    /// <param name="needs">What the procedure must have for it; else it is a load fault.</param>
    public SimulationBuilder Value(string name, CaseNeeds needs, Func<Acting, string?> work)
    {
        Values.Add(new SimulatedValue(name, needs, work));
        return this;
    }

    /// <summary>A condition that scenarios may name, beside traits and field=value.</summary>
    public SimulationBuilder Condition(string name, CaseNeeds needs, Func<Acting, bool> holds)
    {
        Conditions.Add(new SimulatedCondition(name, needs, holds));
        return this;
    }

    /// <summary>How parties are who come with items of some kinds.</summary>
    public SimulationBuilder Parties(Parties parties)
    {
        AllParties.Add(parties);
        return this;
    }

    /// <summary>A part of a scenario that belongs to the matter.</summary>
    public SimulationBuilder Part<T>(Key key, Func<Entry, T> read, Action<PartBuilder<T>> say)
    {
        var part = new PartBuilder<T>(key, read);
        say(part);
        Parts.Add(part.Part);
        return this;
    }

    /// <summary>Refusals of an opening that say that another route is the right one: the party goes there.</summary>
    public SimulationBuilder SendsElsewhere(params ImmutableArray<RefusalCode> codes)
    {
        RefusalsThatSendElsewhere.AddRange(codes);
        return this;
    }

    /// <summary>Cases of a procedure are secondments, which their table in the results counts as approved, declined or refused.</summary>
    public SimulationBuilder CountAsSecondment(string procedure, Func<ISimulatedCase, bool> approved)
    {
        Requests.Add(new SimulatedRequest(procedure, approved));
        return this;
    }

    /// <summary>The fine that a case's row in the results shows, in yuan; 0 for none.</summary>
    public SimulationBuilder Fine(Func<ISimulatedCase, decimal> yuan)
    {
        Fines.Add(yuan);
        return this;
    }
}
