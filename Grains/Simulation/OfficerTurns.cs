namespace TownReform.Grains.Simulation;

/// <summary>Officers of a workplace take turns in what comes from outside; whoever is away is passed over.</summary>
internal sealed class OfficerTurns(Stage stage)
{
    private readonly Dictionary<string, int> turns = new(StringComparer.Ordinal);

    /// <summary>Whose turn it is among those who may; null when none of them is there.</summary>
    public SimulatedOfficer? Next(SimulatedOffice office, Func<SimulatedOfficer, bool> may)
    {
        var present = office.Officers.Values.Where(o => may(o) && !o.IsAway(stage.Clock.Today)).ToArray();
        var turn = turns[office.Key] = turns.GetValueOrDefault(office.Key) + 1;
        return present.Length > 0 ? present[turn % present.Length] : null;
    }
}
