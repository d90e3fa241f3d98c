using System.Collections.Immutable;
using Orleans.Concurrency;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Cases;

/// <inheritdoc cref="ICaseIndexGrain"/>
[GrainType("case-index"), StatelessWorker]
public sealed class CaseIndexGrain(IWorlds worlds) : Grain, ICaseIndexGrain
{
    private IReadModel Index => worlds.Of(this.GetPrimaryKeyString()).ReadModel;

    public async Task<ImmutableArray<CaseLine>> ListAsync(CaseSearch search)
    {
        var rows = await Index.ListCasesAsync(new CaseQuery(
            search.Town, search.Procedure, search.Subject, search.Disposition, search.Workplace, search.Party, search.Take, search.BeforeNumber));
        return [.. rows.Select(ToLine)];
    }

    public async Task<ImmutableArray<CaseTotal>> CountAsync() =>
        [.. (await Index.CountCasesAsync()).Select(c => new CaseTotal(c.Town, c.Procedure, c.Disposition, c.Cases))];

    public async Task<ImmutableArray<string>> FindOpenedByAsync(Guid commandId) =>
        await Index.FindOpenedByAsync(commandId) is { } number ? [number] : [];

    private static CaseLine ToLine(CaseRow row) => new(
        row.Number, row.Town, row.Procedure, row.Kind, row.Subject, row.Step, row.Disposition, row.Workplace, row.Colour,
        new Party(row.PartyId, row.PartyName, Organisation: false), row.Certificate, row.OpenedAt, row.ChangedAt, row.Work?.Due, row.Work?.Officers ?? []);
}
