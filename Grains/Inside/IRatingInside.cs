namespace TownReform.Grains.Inside;

/// <summary>A rating has itself open the return visit, once it is on record. Not for clients.</summary>
[Alias("rating-inside")]
public interface IRatingInside : IRatingGrain, IEffectReceiver;

/// <summary>What a town's offices ask of its intake. Not for clients.</summary>
[Alias("intake-inside")]
public interface IIntakeInside : IIntakeGrain
{
    /// <summary>Opens a case that the town itself begins.</summary>
    [Alias("open-by-town")]
    Task<Outcome<CaseView>> OpenByTownAsync(OpenCase command);
}
