using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Seals;

/// <summary>
/// The town's one seal: numbers certificates one at a time (B1). A case of its silo is sealed in the commit of its decision
/// (<see cref="LockedSeal"/>); one of another silo asks by an effect and is told
/// its number by another.
/// </summary>
[GrainType("seal"), PreferLocalPlacement]
public sealed class SealGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<SealState, SealEvent>(worlds, neighbourhood, SealRecord.Events, "seal"),
        ISealInside
{
    private LockedSeal? shared;
    private Task latest = Task.CompletedTask;
    private (JournalAppend Own, SealState Next) taken;

    protected override SealState Empty => SealState.Empty;

    protected override SnapshotCodec<SealState> Snapshots => SealRecord.Snapshots;

    public override bool HasNothing => !seeds.Towns.ContainsKey(Key);

    private LockedSeal Shared => shared ??= new LockedSeal(Take, RecordTaken, DropState);

    private TownPlan Plan => seeds.Towns[Key];

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Neighbours.Seals.Remove(Key, Shared);
        Shared.Close();

        // What is under way belongs to the stream that the next activation reads.
        await latest
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<SealView> ReadAsync()
    {
        await LoadAsync();
        var (recording, count) = Shared.WithLock(() => (latest, State.Count()));
        try
        {
            await recording;
        }
        catch
        {
            Shared.Lost();
            await ReloadAsync();
            count = State.Count();
        }

        return new(Key, Plan.SealText.Zh, count);
    }

    public async Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        await LoadAsync();
        var before = await ReadNumbersAsync(deliveries);
        var asking = await NewAsync(deliveries);
        if (asking.Count == 0)
        {
            return;
        }

        try
        {
            await Shared.WithLock(() => Number(asking, before));
        }
        catch
        {
            Shared.Lost();
            throw;
        }

        // Not before its first record is safe: until then effects of this stream that another silo left have to go first.
        Shared.Open(() => IsLoaded && !IsFirstSinceRead);
        Neighbours.Seals.Put(Key, Shared);
    }

    protected override SealState Apply(SealState state, SealEvent happened) => SealRules.Apply(state, happened);

    protected override void WithLock(Action change) =>
        Shared.WithLock(() =>
        {
            change();
            return true;
        });

    protected override ImmutableArray<Delivery> EffectsOf(SealState state, SealEvent happened, DateTimeOffset at) =>
        [Deliver(0, "case", happened.Case, at, new CertificateNumbered(happened.Certificate))];

    protected override SealEvent Refuse(Refused refused) => throw new UnreachableException("A seal refuses nothing: the case was decided.");

    // Several cases of other silos in one commit.
    private Task<JournalHead> Number(List<(Stamp Stamp, Delivery Delivery)> asking, Dictionary<string, string?> before)
    {
        var (events, effects, next) = Decide(
            asking,
            (state, delivery) =>
                ("number-certificate", NumberOf(state, delivery, before.GetValueOrDefault(((NumberCertificate)delivery.Effect).Case)))
        );
        return Record(NextAppend(events, effects), next);
    }

    private SealEvent NumberOf(SealState state, Delivery asking, string? before = null) =>
        asking.Effect is NumberCertificate asked
            ? SealRules.Number(state, asked, Plan.CertificatePrefixes[asked.Kind], Plan.DayOf(asking.At).Year, before)
            : throw new UnreachableException($"A seal takes no {asking.Effect.GetType().Name}.");

    // For the decision of a case of this silo: the number in full, or null for a case that has one.
    private string? Take(Delivery asking)
    {
        if (State.Numbered.Contains(((NumberCertificate)asking.Effect).Case))
        {
            return null;
        }

        var happened = NumberOf(State, asking);
        var own = NextAppend([EventOf(new Stamp(DerivedIds.Of(asking.Id), Actor.System, asking.At), happened)], []);
        taken = (own, Apply(State, happened));
        return happened.Certificate;
    }

    // In one commit with the case's own records, so that neither can be lost without the other.
    private Task<JournalHead> RecordTaken(JournalAppend decision) =>
        Record(taken.Own, taken.Next, decision with { Pair = new PairedAppend(taken.Own.Stream, taken.Own.Previous, taken.Own.Events) });

    private Task<JournalHead> Record(JournalAppend own, SealState next, JournalAppend? whole = null)
    {
        var recording = AppendWithoutWaiting(own, next, whole);
        latest = recording;
        return recording;
    }

    // What cases that ask anew were told. Those at hand are among them: while the others are numbered they may cease to be.
    private async ValueTask<Dictionary<string, string?>> ReadNumbersAsync(ImmutableArray<Delivery> deliveries)
    {
        var told = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var delivery in deliveries)
        {
            if (delivery.Effect is not NumberCertificate asked)
            {
                throw new UnreachableException($"A seal takes no {delivery.Effect.GetType().Name}.");
            }

            if (
                State.Numbered.Contains(asked.Case)
                && !await IsRepeatAsync(new Stamp(DerivedIds.Of(delivery.Id), Actor.System, delivery.At))
            )
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
