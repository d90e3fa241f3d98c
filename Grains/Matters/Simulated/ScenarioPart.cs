using System.Collections.Immutable;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>A part of a scenario that belongs to a matter: how it is written, what must hold, and what it makes happen.</summary>
/// <param name="Key">The scenario's key, its type and hint.</param>
/// <param name="Read">Reads it when it has passed the checks.</param>
internal sealed record ScenarioPart(Key Key, Func<Entry, ReadPart> Read)
{
    /// <summary>Codes of procedures that it opens cases of; a scenario with this part has behaviour for them.</summary>
    public ImmutableArray<string> Opens { get; init; } = [];

    /// <summary>Shares in it that exclude each other: at most 1 together.</summary>
    public ImmutableArray<string> Exclusive { get; init; } = [];

    public ImmutableArray<Action<PartCheck>> Checks { get; init; } = [];
}

/// <summary>A part as a scenario has it.</summary>
/// <param name="Years">What happens in a town over the run.</param>
/// <param name="Filings">What county departments do with filing copies; by the copy's own draws.</param>
internal sealed record ReadPart(
    string Name,
    ImmutableArray<Func<SimulatedTown, IEnumerable<Happening>>> Years,
    ImmutableArray<Func<RandomStream, FilingReply>> Filings
);

/// <summary>A part to be checked against the scenario around it and the seeds.</summary>
/// <param name="Root">The whole scenario.</param>
internal sealed record PartCheck(string Name, Entry Part, Entry Root, SeedLibrary Seeds, string File, FaultLog Faults)
{
    /// <summary>Plans of the scenario's towns that there are.</summary>
    public IEnumerable<TownPlan> Towns => Root["towns"].Pairs.Select(t => Seeds.Towns.GetValueOrDefault(t.Name)).OfType<TownPlan>();

    /// <param name="field">Below the part; empty for the part itself.</param>
    public void Fault(Entry at, string field, string expected) =>
        Faults.Add(File, at.Line, field.Length == 0 ? Name : $"{Name}.{field}", expected, $"'{at.Text}'");
}
