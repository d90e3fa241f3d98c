using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Web.Offices;

/// <summary>What a case is about, for lists: its town, procedure and party. None of them changes but the way a party's name is written, so
/// a list asks only for those that it has not seen in the last minute.</summary>
internal sealed class CaseSubjects : IDisposable
{
    private const int Most = 20_000,
        MostAsked = 1000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache seen = new(Options.Create(new MemoryCacheOptions { SizeLimit = Most }));

    /// <summary>By number; a number that no case of the world has is left out.</summary>
    public async Task<Dictionary<string, CaseSubject>> OfAsync(TownCalls town, IEnumerable<string> numbers)
    {
        var known = new Dictionary<string, CaseSubject>(StringComparer.Ordinal);
        List<string> unknown = [];
        foreach (var number in numbers.Distinct(StringComparer.Ordinal))
        {
            if (seen.Get<CaseSubject>((town.World, number)) is { } subject)
            {
                known.Add(number, subject);
            }
            else
            {
                unknown.Add(number);
            }
        }

        foreach (var some in unknown.Chunk(MostAsked))
        {
            var search = new CaseSearch(Take: some.Length, Numbers: [.. some]);
            foreach (var line in await TownCalls.AskAsync(() => town.Index.ListAsync(search)))
            {
                var subject = new CaseSubject(line.Town, line.Procedure, line.Party);
                seen.Set(
                    (town.World, line.Number),
                    subject,
                    new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept }
                );
                known.Add(line.Number, subject);
            }
        }

        return known;
    }

    public void Dispose() => seen.Dispose();
}

/// <summary>Town, procedure and party of a case.</summary>
internal sealed record CaseSubject(string Town, string Procedure, Party Party);
