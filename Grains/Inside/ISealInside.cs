namespace TownReform.Grains.Inside;

/// <summary>The seal as cases ask it: by effects. Not for clients.</summary>
[Alias("seal-inside")]
public interface ISealInside : ISealGrain, IEffectReceiver;
