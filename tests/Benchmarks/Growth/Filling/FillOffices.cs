using TownReform.Grains.Counties;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seals;

namespace TownReform.Benchmarks.Growth.Filling;

/// <summary>The offices' part in copied cases, by their own rules: the seal numbers each granted one, the county department is sent it and
/// files those that are closed.</summary>
internal sealed class FillOffices(SeedLibrary seeds, WorldStorage world)
{
    private const string NumberCertificate = "number-certificate",
        FileWithCounty = "file-with-county";

    private readonly Dictionary<string, OfficeStream<SealState, SealEvent>> seals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OfficeStream<FilingState, FilingEvent>> counties = new(StringComparer.Ordinal);

    /// <summary>Stages what the offices record of a granted copy.</summary>
    /// <returns>The effect that tells the case its number, and the number.</returns>
    public async ValueTask<(EffectId Told, string Certificate)> TakeAsync(CaseCopy copy)
    {
        var plan = seeds.Towns[copy.Template.Town];
        var granted = (ActTaken)copy.Template.Events[copy.Template.Granted];
        var opened = (CaseOpened)copy.Template.Events[0];
        var effects = seeds.Procedures[opened.Procedure].ActAt(granted.From, granted.Act)!.Effects;
        var seal = await SealAsync(plan.Code);
        var asked = new NumberCertificate(copy.Number, opened.ItemKind, opened.Subject);
        var happened = SealRules.Number(seal.State, asked, plan.CertificatePrefixes[asked.Kind], plan.DayOf(copy.GrantedAt).Year);
        seal.Stage(new Stamp(DerivedIds.Of(copy.Sent(effects.IndexOf(NumberCertificate))), Actor.System, copy.GrantedAt), happened);
        await FileAsync(copy, plan, opened, effects.IndexOf(FileWithCounty));
        return (new EffectId(seal.Name, seal.Version, 0), happened.Certificate);
    }

    /// <summary>Records what is staged.</summary>
    public async Task<long> RecordAsync() =>
        (await Task.WhenAll(seals.Values.Select(s => s.RecordAsync()).Concat(counties.Values.Select(c => c.RecordAsync())))).Sum(n =>
            (long)n
        );

    public Task LeaveSnapshotsAsync() =>
        Task.WhenAll(seals.Values.Select(s => s.LeaveSnapshotAsync()).Concat(counties.Values.Select(c => c.LeaveSnapshotAsync())));

    private async ValueTask FileAsync(CaseCopy copy, TownPlan plan, CaseOpened opened, int ordinal)
    {
        if (ordinal < 0)
        {
            return;
        }

        var department = plan.CountyDepartments.First(d => d.Code == plan.Items[copy.Item].CountyDepartment);
        var office = await CountyAsync(plan.OfficeAt(department.Code));

        // The template's own copy lies there unanswered, and tells whether the department guides the item.
        var guided = office.State.Find(opened.Number)!.Guided;
        var day = plan.DayOf(copy.GrantedAt);
        office.Stage(
            new Stamp(DerivedIds.Of(copy.Sent(ordinal)), Actor.System, copy.GrantedAt),
            FilingRules.Receive(office.State, new FileWithCounty(copy.Number, plan.Code, copy.Item, Forward: false, guided), day)!.Value!
        );
        if (copy.Template.Closed)
        {
            var answer = new AnswerFiling(
                new Stamp(copy.FilingId, new Actor($"{department.Code}-1", department.Code), copy.GrantedAt),
                copy.Number,
                FilingAnswer.File
            );
            office.Stage(answer.Stamp, FilingRules.Answer(office.State, answer, department.Level, plan.Policy, day)!.Value!);
        }
    }

    private async ValueTask<OfficeStream<SealState, SealEvent>> SealAsync(string town)
    {
        if (!seals.TryGetValue(town, out var seal))
        {
            seals.Add(town, seal = new($"seal/{town}", world, SealRecord.Events, SealRecord.Snapshots, SealRules.Apply, SealState.Empty));
            await seal.ReadAsync();
        }

        return seal;
    }

    private async ValueTask<OfficeStream<FilingState, FilingEvent>> CountyAsync(string key)
    {
        if (!counties.TryGetValue(key, out var office))
        {
            counties.Add(
                key,
                office = new(
                    $"county-office/{key}",
                    world,
                    FilingRecord.Events,
                    FilingRecord.Snapshots,
                    FilingRules.Apply,
                    FilingState.Empty
                )
            );
            await office.ReadAsync();
        }

        return office;
    }
}
