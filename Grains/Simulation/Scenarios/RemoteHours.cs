using System.Collections.Frozen;

namespace TownReform.Grains.Simulation.Scenarios;

/// <summary>Relative weight by hour of what parties do from elsewhere, where a scenario says nothing of it.</summary>
internal static class RemoteHours
{
    // Phones, banks and pages are used in the evening too, and hardly at night. An assumption, as all hours of scenarios are.
    public static readonly FrozenDictionary<int, double> Usual = new double[]
    {
        0.2,
        0.1,
        0.05,
        0.05,
        0.05,
        0.1,
        0.4,
        1.2,
        3,
        5,
        5,
        3.5,
        2,
        2,
        4,
        4.5,
        4,
        3,
        2,
        2.5,
        2.5,
        2,
        1,
        0.5,
    }
        .Select((weight, hour) => (weight, hour))
        .ToFrozenDictionary(h => h.hour, h => h.weight);
}
