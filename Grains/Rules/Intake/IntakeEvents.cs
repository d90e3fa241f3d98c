using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Intake;

/// <summary>What a counter of a town's intake records. Openings themselves stand on the cases that they open.</summary>
public abstract record IntakeEvent : RecordedEvent;

/// <summary>An opening was refused; no number was taken.</summary>
public sealed record OpeningRefused(Refused Refused) : IntakeEvent, IRefused
{
    public const string DurableName = "intake.refused";

    protected override string Name => DurableName;
}

/// <summary>A counter has no state of its own: its record is what it refused.</summary>
public sealed record IntakeState
{
    public static IntakeState Empty { get; } = new();
}
