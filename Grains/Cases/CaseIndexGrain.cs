using System.Collections.Immutable;
using Orleans.Concurrency;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Cases;

/// <inheritdoc cref="ICaseIndexGrain"/>
[GrainType("case-index"), StatelessWorker]
public sealed class CaseIndexGrain(IWorlds worlds, SeedLibrary seeds, TimeProvider time) : Grain, ICaseIndexGrain, IForgettable
{
    public bool HasNothing => this.GetPrimaryKeyString() != Address.Live;

    private const int MostRefusals = 10_000,
        MostSubjects = 100;

    private IReadModel Index => worlds.Of(this.GetPrimaryKeyString()).ReadModel;

    public async Task<ImmutableArray<CaseLine>> ListAsync(CaseSearch search)
    {
        var asTyped = search.Party;
        if (!CommandTexts.TrySearch(ref search))
        {
            return [];
        }

        // Records from before ids had one writing keep the one that they were given.
        List<string?> writings = search.Party is { } party ? [.. PersonIds.Writings(party, asTyped!)] : [null];
        var found = new List<CaseRow>();
        foreach (var writing in writings)
        {
            found.AddRange(
                await Index.ListCasesAsync(
                    new CaseQuery(
                        Town: search.Town,
                        Procedure: search.Procedure,
                        Subject: search.Subject,
                        Disposition: search.Disposition,
                        Workplace: search.Workplace,
                        Party: writing,
                        Take: search.Take,
                        BeforeNumber: search.BeforeNumber,
                        Labels: search.Labels,
                        Numbers: search.Numbers,
                        Certificate: search.Certificate
                    )
                )
            );
        }

        return [.. (writings.Count > 1 ? NewestFirst(found, search.Take) : found).Select(ToLine)];
    }

    public Task<TownTime> TimeAsync() =>
        Task.FromResult(
            worlds.ReceptionOf(this.GetPrimaryKeyString()).Clock is { } clock
                ? new TownTime(clock.Shown, clock.IsPractice)
                : new TownTime(time.GetUtcNow(), Practice: false)
        );

    public async Task<ImmutableArray<CaseTotal>> CountAsync() =>
        [.. (await Index.CountCasesAsync()).Select(c => new CaseTotal(c.Town, c.Procedure, c.Disposition, c.Cases))];

    public async Task<ImmutableArray<CaseTotal>> CountOpenAsync() =>
        [.. (await Index.CountOpenAsync()).Select(c => new CaseTotal(c.Town, c.Procedure, c.Disposition, c.Cases))];

    public async Task<ImmutableArray<WorkTotal>> CountWorkAsync(string? town) =>
        [.. (await Index.CountWorkAsync(town)).Select(c => new WorkTotal(c.Town, c.Workplace, c.Colour, c.Due, c.Cases))];

    public async Task<ImmutableArray<SubjectTotal>> CountOpenedAsync(DateTimeOffset since, int take) =>
        [
            .. (await Index.CountOpenedAsync(since, Math.Clamp(take, 0, MostSubjects))).Select(count => new SubjectTotal(
                count.Town,
                count.Subject,
                count.Cases
            )),
        ];

    public async Task<RefusalTotals> CountRefusalsAsync(DateTimeOffset since)
    {
        var refused = await Index.ListRefusedAsync(since, MostRefusals + 1);
        return new(since, refused.Count <= MostRefusals, RefusalTally.Of(refused.Take(MostRefusals), seeds.Towns.Values));
    }

    public async Task<ImmutableArray<string>> FindOpenedByAsync(Guid commandId) =>
        await Index.FindOpenedByAsync(commandId) is { } number ? [number] : [];

    private static IEnumerable<CaseRow> NewestFirst(List<CaseRow> found, int take) =>
        found
            .OrderByDescending(row => row.OpenedAt)
            .ThenByDescending(row => row.Number, StringComparer.Ordinal)
            .Take(Math.Clamp(take, 0, CaseQueryLimits.Most));

    private static CaseLine ToLine(CaseRow row) =>
        new(
            Number: row.Number,
            Town: row.Town,
            Procedure: row.Procedure,
            Kind: row.Kind,
            Subject: row.Subject,
            Step: row.Step,
            Disposition: row.Disposition,
            Workplace: row.Workplace,
            Colour: row.Colour,
            Party: new Party(row.PartyId, row.PartyName, Organisation: false),
            Certificate: row.Certificate,
            OpenedAt: row.OpenedAt,
            ChangedAt: row.ChangedAt,
            Due: row.Work?.Due,
            Officers: row.Work?.Officers ?? [],
            Late: row.Late
        );
}
