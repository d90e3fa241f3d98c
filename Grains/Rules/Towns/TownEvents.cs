using System.Collections.Immutable;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Towns;

/// <summary>What can happen to a town as a whole.</summary>
public abstract record TownEvent : RecordedEvent;

/// <param name="Founder">The founding command's stamp; every step of the founding derives its id from it.</param>
/// <param name="Practice">True in a practice town (培训环境), for as long as its record lasts; null in a real one.</param>
public sealed record TownFounded(
    Stamp Founder,
    string PlanHash,
    DateOnly FoundedOn,
    ImmutableArray<string> Without,
    ImmutableArray<string> Organs,
    ImmutableArray<string> Staff,
    bool? Practice = null
) : TownEvent
{
    public const string DurableName = "town.founded";

    protected override string Name => DurableName;
}

/// <summary>Catalogue, posts, staff and workplaces are all founded; a repeat needs to do nothing.</summary>
public sealed record TownSettled : TownEvent
{
    public const string DurableName = "town.settled";

    protected override string Name => DurableName;
}

public sealed record CaseNumbersReserved(long First, int Count) : TownEvent
{
    public const string DurableName = "town.case-numbers-reserved";

    protected override string Name => DurableName;
}

/// <summary>Somebody had an effect that was put aside delivered again; what became of it is on its receiver's record, or still
/// aside.</summary>
/// <param name="Effect">Its number among those aside.</param>
public sealed record EffectSentAgain(long Effect, string From, long FromVersion, int Ordinal, string TargetType, string TargetKey)
    : TownEvent
{
    public const string DurableName = "town.effect-sent-again";

    protected override string Name => DurableName;
}

public sealed record TownRefused(Refused Refused) : TownEvent, IRefused
{
    public const string DurableName = "town.refused";

    protected override string Name => DurableName;
}
