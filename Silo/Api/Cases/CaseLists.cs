using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Texts;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Cases;

/// <summary>Lists the cases that somebody may know of, newest first.</summary>
internal sealed class CaseLists(TownCalls town, CaseScopes scopes)
{
    /// <summary>Cases looked at for one page at most, where most of them don't match.</summary>
    private const int MostLookedAt = 2000;

    public static async Task<IResult> ListAsync(HttpContext http, Requester who, CaseLists lists, [AsParameters] CaseFilter filter) =>
        http.Answer(await lists.PageAsync(who, filter));

    public async Task<Outcome<CaseList>> PageAsync(Requester who, CaseFilter filter)
    {
        var (take, before) = (Cursor.Take(filter.Take), Cursor.Read(filter.Cursor));
        if ((await scopes.OfAsync(who, filter)).IsRefused(out var refusal, out var scope))
        {
            return refusal;
        }

        var (found, looked, more) = (new List<CaseLine>(take), 0, true);
        while (more && found.Count < take && looked < MostLookedAt)
        {
            // One more than are wanted says whether any follow.
            var window = await WindowAsync(scope, before, take + 1);
            more = window.Length > take;
            foreach (var line in window.AsSpan(0, Math.Min(window.Length, take)).ToArray())
            {
                if (found.Count == take)
                {
                    more = true;
                    break;
                }

                before = line.Number;
                looked++;
                if (filter.Matches(line) && await IsTheirsAsync(scope, line))
                {
                    found.Add(line);
                }
            }
        }

        return new CaseList([.. found.Select(line => scope.Own ? line : Masked(line))], more ? Cursor.After(before) : null);
    }

    private async Task<CaseLine[]> WindowAsync(CaseScope scope, string? before, int take)
    {
        var searches = scope.Searches.Select(search => search with { BeforeNumber = before, Take = take });
        var pages = await Task.WhenAll(searches.Select(search => TownCalls.AskAsync(() => town.Index.ListAsync(search))));
        return pages is [var only]
            ? [.. only]
            :
            [
                .. pages
                    .SelectMany(page => page)
                    .DistinctBy(line => line.Number)
                    .OrderByDescending(line => line.OpenedAt)
                    .ThenByDescending(line => line.Number, StringComparer.Ordinal)
                    .Take(take),
            ];
    }

    // Of another's cases an agent sees those that keep an authorisation for them (B4).
    private async ValueTask<bool> IsTheirsAsync(CaseScope scope, CaseLine line) =>
        scope.Agents is not { } agents
        || (await TownCalls.SendAsync(() => town.Case(line.Number).ReadAsync())).Value is { Agent: { } agent }
            && agents.Any(own => TextRules.SameId(own, agent));

    private static CaseLine Masked(CaseLine line) => line with { Party = line.Party with { Id = Masks.Id(line.Party.Id) } };
}
