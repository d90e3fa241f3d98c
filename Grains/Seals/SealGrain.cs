using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Seals;

/// <summary>The town's one seal: numbers certificates one at a time and tells each case its number (B1).</summary>
[GrainType("seal"), PreferLocalPlacement]
public sealed class SealGrain(IWorlds worlds, SeedLibrary seeds)
    : OfficeGrain<SealState, SealEvent>(worlds, SealRecord.Events, "seal"), ISealGrain
{
    protected override SealState Empty => SealState.Empty;

    protected override SnapshotCodec<SealState> Snapshots => SealRecord.Snapshots;

    public async Task<SealView> ReadAsync()
    {
        await LoadAsync();
        return new(Key, seeds.Towns[Key].SealText.Zh, State.Count());
    }

    public async Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        var plan = seeds.Towns[Key];
        await LoadAsync();
        var before = await ReadNumbersAsync(deliveries);
        await TakeAsync(deliveries, (state, delivery) => delivery.Effect is NumberCertificate asked
            ? ("number-certificate", SealRules.Number(state, asked, plan.CertificatePrefixes[asked.Kind], plan.DayOf(delivery.At).Year, before.GetValueOrDefault(asked.Case)))
            : throw new UnreachableException($"A seal takes no {delivery.Effect.GetType().Name}."));
    }

    protected override SealState Apply(SealState state, SealEvent happened) => SealRules.Apply(state, happened);

    protected override SealEvent Refuse(Refused refused) => throw new UnreachableException("A seal refuses nothing: the case was decided.");

    protected override ImmutableArray<Delivery> EffectsOf(SealState state, SealEvent happened, DateTimeOffset at) =>
        [Deliver(0, "case", happened.Case, at, new CertificateNumbered(happened.Certificate))];

    // What cases that ask anew were told. Those at hand are among them: while the others are numbered they may cease to be.
    private async ValueTask<Dictionary<string, string?>> ReadNumbersAsync(ImmutableArray<Delivery> deliveries)
    {
        var told = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var delivery in deliveries)
        {
            if (delivery.Effect is NumberCertificate asked && State.Numbered.Contains(asked.Case) && !await IsRepeatAsync(new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At)))
            {
                told[asked.Case] = SealRules.Latest(State, asked.Case);
            }
        }

        if (told.ContainsValue(null))
        {
            foreach (var record in await Storage.Journal.ReadAsync(Stream, 0))
            {
                if (SealRecord.Events.Read(record) is CertificateIssued issued && told.ContainsKey(issued.Case))
                {
                    told[issued.Case] = issued.Certificate;
                }
            }
        }

        return told;
    }
}
