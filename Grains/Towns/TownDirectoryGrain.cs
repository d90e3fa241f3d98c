using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Towns;

/// <inheritdoc cref="ITownDirectoryGrain"/>
[GrainType("town-directory"), StatelessWorker]
public sealed class TownDirectoryGrain(SeedLibrary seeds, IWorlds worlds, TimeProvider time) : Grain, ITownDirectoryGrain, IForgettable
{
    public bool HasNothing => !seeds.Towns.ContainsKey(Town);

    public Task<Outcome<TownDirectory>> ReadAsync()
    {
        var town = Town;
        return Task.FromResult<Outcome<TownDirectory>>(
            seeds.Towns.TryGetValue(town, out var plan) ? TownDirectories.Of(seeds, plan) : TownRefusals.Unknown(town)
        );
    }

    public Task<ImmutableArray<string>> TownsAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. seeds.Towns.Keys.Order(StringComparer.Ordinal)]);

    public Task<Outcome<ListedForms>> FormsAsync(string procedure) =>
        Task.FromResult<Outcome<ListedForms>>(
            seeds.Procedures.TryGetValue(procedure ?? "", out var known)
                ? new ListedForms(known.Code, known.Name, known.Kinds, ProcedureForms.Of(known))
                : CaseRefusals.ProcedureUnknown(procedure ?? "", seeds.Procedures.Keys)
        );

    public async Task<Outcome<ItemGuide>> ItemAsync(string code, DateOnly? day)
    {
        if (!seeds.Towns.TryGetValue(Town, out var plan))
        {
            return TownRefusals.Unknown(Town);
        }

        if (!plan.Items.TryGetValue(code ?? "", out var item))
        {
            return PowerRefusals.Unknown(code ?? "", Town);
        }

        var storage = worlds.Of(World);
        var on = day ?? plan.DayOf(worlds.ReceptionOf(World).Clock?.Shown ?? time.GetUtcNow());
        return (await GrainFactory.GetGrain<ICatalogueGrain>(Address.Town(World, Town)).PowerAsync(item.Code, on)).IsRefused(
            out var refusal,
            out var power
        )
            ? refusal
            : ItemGuides.Of(seeds, plan, item, power, on, await TakenAsync(storage.ReadModel, plan, item, on));
    }

    private async ValueTask<TimeTaken?> TakenAsync(IReadModel cases, TownPlan plan, PowerItem item, DateOnly day)
    {
        var (first, end) = (TimesTaken.FirstDay(day), Midnight(plan, day.AddDays(1)));
        var decided = await cases.ListDecidedAsync(
            new(plan.Code, item.Code, Midnight(plan, first.AddDays(-LongestCase)), Midnight(plan, first), end, MostCases)
        );
        return TimesTaken.Of(
            decided.Select(span => (plan.DayOf(span.OpenedAt), plan.DayOf(span.EndedAt))),
            item.Promised.Days > 0 ? item.Promised.Unit : DayUnit.Working,
            day,
            seeds.Calendar
        );
    }

    private static DateTimeOffset Midnight(TownPlan plan, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, plan.TimeZone.GetUtcOffset(local));
    }

    public Task<ImmutableArray<ListedSeedFile>> SeedsAsync() =>
        Task.FromResult<ImmutableArray<ListedSeedFile>>([.. seeds.Files.Select(file => new ListedSeedFile(file.Key, file.Value))]);

    // What began longer before is rare enough to be left out of a figure of many.
    private const int LongestCase = 275,
        MostCases = 10_000;

    private string World => this.GetPrimaryKeyString() is var key && key.IndexOf('/') is > 0 and var slash ? key[..slash] : "";

    private string Town => this.GetPrimaryKeyString() is var key ? key[(key.IndexOf('/') + 1)..] : "";
}

/// <summary>A plan's names as clients are told them.</summary>
public static class TownDirectories
{
    // Seeds never change while they are used, and every page asks for names.
    private static readonly ConditionalWeakTable<SeedLibrary, ConcurrentDictionary<string, TownDirectory>> Made = [];

    public static TownDirectory Of(SeedLibrary seeds, TownPlan plan)
    {
        var towns = Made.GetValue(seeds, static _ => new ConcurrentDictionary<string, TownDirectory>(StringComparer.Ordinal));
        return towns.TryGetValue(plan.Code, out var made) ? made : towns.GetOrAdd(plan.Code, Make(seeds, plan));
    }

    private static TownDirectory Make(SeedLibrary seeds, TownPlan plan) =>
        new(
            Town: plan.Code,
            Name: plan.Name,
            Prefix: plan.Prefix,
            TimeZone: plan.TimeZone.Id,
            CalendarFrom: seeds.Calendar.FirstDay,
            CalendarUntil: seeds.Calendar.LastDay,
            County: plan.County.Code,
            Offices:
            [
                .. plan.Organs.Select(o => new ListedOffice(o.Code, o.Name, Own: true)),
                .. plan.CountyDepartments.Select(d => new ListedOffice(d.Code, d.Name, Own: false)),
            ],
            People:
            [
                .. TownRules.Settlers(plan).Select(s => new ListedPerson(s.Person.Id, s.Person.Organ)),
                .. TownRules.CountyOffices(plan).SelectMany(o => o.People.Select(p => new ListedPerson(p.Id, o.Code))),
            ],
            Items:
            [
                .. plan
                    .Items.Values.OrderBy(i => i.Code, StringComparer.Ordinal)
                    .Select(i => new ListedItem(i.Code, i.Name, i.Kind, i.Retained) { Fees = Fees(i) }),
            ],
            Procedures: [.. seeds.Procedures.Values.OrderBy(p => p.Code, StringComparer.Ordinal).Select(Listed)],
            Earlier: [.. seeds.Earlier.Values.OrderBy(p => p.Code, StringComparer.Ordinal).ThenByDescending(p => p.Version).Select(Listed)]
        );

    // Nearly all have none.
    private static ImmutableArray<ListedFee> Fees(PowerItem item)
    {
        ListedFee[] fees =
        [
            new(DateOnly.MinValue, item.Fee),
            .. item.Versions.Select(version => new ListedFee(version.From, version.Fee.Amount)),
        ];
        return fees.All(fee => fee.Yuan == 0) ? [] : [.. fees];
    }

    private static ListedProcedure Listed(Procedure procedure) =>
        new(
            Code: procedure.Code,
            Name: procedure.Name,
            Kinds: procedure.Kinds,
            Route: procedure.Route,
            Openers: procedure.OpenedBy.Length,
            Steps:
            [
                .. procedure.Steps.Values.Select(s => new ListedStep(
                    s.Code,
                    s.Name,
                    Listed(s.Acts.Values),
                    [.. s.Acts.Values.Where(a => a.Batch).Select(a => a.Code)]
                )),
            ],
            Anywhere: Listed(procedure.Anywhere.Values),
            Ends: [.. procedure.Ends.Values.Select(e => new ListedName(e.Code, e.Name))],
            Fields: [.. procedure.Fields.Values.Select(f => new ListedName(f.Name, f.Label))],
            Version: procedure.Version,
            MainLine: MainLine.Of(procedure),
            Charges: procedure.Charges
        );

    private static ImmutableArray<ListedName> Listed(IEnumerable<ActRule> acts) =>
        [.. acts.Select(a => new ListedName(a.Code, a.Name, ActorRules.IsOfSystem(a))).OrderBy(a => a.Code, StringComparer.Ordinal)];
}
