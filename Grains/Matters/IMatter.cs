namespace TownReform.Grains.Matters;

/// <summary>
/// A matter (事项): one kind of work, such as a permit, a penalty or a secondment. Its folder holds what belongs to it: its rules with their
/// refusals, its
/// effects, its procedures. It is found by its type; nothing else has to name it.
/// </summary>
public interface IMatter
{
    /// <summary>Says what belongs to the matter, once at load.</summary>
    static abstract void Declare(MatterBuilder matter);
}
