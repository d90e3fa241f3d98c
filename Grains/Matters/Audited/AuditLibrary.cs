using System.Collections.Frozen;

namespace TownReform.Grains.Matters.Audited;

/// <summary>What all matters say of the end-state audit.</summary>
internal sealed class AuditLibrary
{
    /// <exception cref="ArgumentException">Two matters declare one event.</exception>
    public AuditLibrary(IEnumerable<AuditBuilder> matters)
    {
        AuditBuilder[] all = [.. matters];
        Staff = all.SelectMany(m => m.Staff).ToFrozenDictionary(f => f.Event);
        Kept = all.SelectMany(m => m.Kept).ToFrozenSet();
    }

    /// <summary>Events on people's records that follow from cases, by their type.</summary>
    public FrozenDictionary<Type, StaffFollowUp> Staff { get; }

    /// <summary>Types of effects that are kept for each case.</summary>
    public FrozenSet<Type> Kept { get; }
}
