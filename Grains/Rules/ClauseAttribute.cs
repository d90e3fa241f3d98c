using System.Collections.Immutable;

namespace TownReform.Grains.Rules;

/// <summary>Says which clauses of the two plans (A1–I4, <c>seeds/clauses</c>) a class of rules carries. <c>townreform clauses</c> reads
/// it.</summary>
/// <param name="clauses">Ids of the clauses.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = false)]
public sealed class ClauseAttribute(params string[] clauses) : Attribute
{
    /// <summary>Ids of the clauses.</summary>
    public ImmutableArray<string> Clauses { get; } = [.. clauses];
}
