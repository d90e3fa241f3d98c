using System.Collections.Immutable;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Api.Offices;

/// <summary>Cases by town, procedure and how they stand, for all boards of this silo: to count them takes the longer the more there
/// are.</summary>
internal sealed class CaseTotals(TimeProvider time)
{
    private readonly RecentAnswers<string, ImmutableArray<CaseTotal>> counted = new(time);

    public Task<ImmutableArray<CaseTotal>> OfAsync(TownCalls calls) =>
        counted.GetAsync(calls.World, () => TownCalls.AskAsync(calls.Index.CountAsync));
}
