using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Establishment;

/// <summary>What can happen to a town's posts.</summary>
public abstract record EstablishmentEvent : RecordedEvent;

public sealed record PostFilled(string Staff, PostClass Class) : EstablishmentEvent
{
    public const string DurableName = "establishment.post-filled";

    protected override string Name => DurableName;
}

public sealed record PostReleased(string Staff) : EstablishmentEvent
{
    public const string DurableName = "establishment.post-released";

    protected override string Name => DurableName;
}

public sealed record EstablishmentRefused(Refused Refused) : EstablishmentEvent, IRefused
{
    public const string DurableName = "establishment.refused";

    protected override string Name => DurableName;
}
