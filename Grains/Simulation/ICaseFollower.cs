namespace TownReform.Grains.Simulation;

/// <summary>What follows when <see cref="CaseFlow"/> moves a case.</summary>
internal interface ICaseFollower
{
    /// <summary>A case has come to an officer's desk.</summary>
    ValueTask ArrivedAsync(SimulatedOffice office, string officer);

    /// <summary>A case that is being worked on goes elsewhere or changes hands.</summary>
    void Interrupted(DeskTask task);

    /// <summary>An effect has reached its receiver.</summary>
    ValueTask DeliveredAsync(Delivery delivery);

    /// <summary>A case has ended.</summary>
    void Ended(SimulatedCase @case);
}
