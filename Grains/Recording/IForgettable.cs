namespace TownReform.Grains.Recording;

/// <summary>A grain that a client may call up under any key that it makes up. One that has nothing doesn't stay in memory when it was
/// answered.</summary>
public interface IForgettable
{
    /// <summary>True when nothing is on record under its key, and nothing in hand.</summary>
    bool HasNothing { get; }
}
