using Xunit.v3;

namespace TownReform.Tests.Fixtures;

/// <summary>Says which clauses of the two plans a class of tests, or a test, shows at work: <c>--filter-trait "Clause=E2"</c> runs
/// them, and <c>townreform clauses</c> counts them.</summary>
/// <param name="clauses">Ids of the clauses, as in <c>seeds/clauses</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = false)]
internal sealed class ShowsClauseAttribute(params string[] clauses) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. clauses.Select(c => KeyValuePair.Create("Clause", c))];
}
