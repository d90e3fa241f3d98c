using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Fees;

namespace TownReform.Grains.Fees;

/// <inheritdoc cref="IReceiptNumberInside"/>
/// <remarks>A case asks when its rules have nothing against the payment, just before it records it: a number is lost to others by a payment
/// alone, never by an attempt.</remarks>
[GrainType("receipt-number"), PreferLocalPlacement]
public sealed class ReceiptNumberGrain(IWorlds worlds, INeighbourhood neighbourhood)
    : RecordedGrain<ReceiptNumberState, ReceiptNumberEvent>(worlds, neighbourhood, ReceiptNumberRecord.Events, "receipt-number"),
        IReceiptNumberInside
{
    protected override ReceiptNumberState Empty => ReceiptNumberState.Empty;

    public async Task<ReceiptUse> UseAsync(Stamp stamp, string @case)
    {
        if (KeyFault is { } unfit)
        {
            return new(unfit);
        }

        await LoadAsync();
        if (State.Case is null)
        {
            await RecordAsync(stamp with { At = NotBefore(stamp.At) }, new ReceiptNumberUsed(@case, stamp.At));
        }

        return new(State.Case == @case ? null : FeeRefusals.ReceiptUsed(Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..], @case));
    }

    protected override ReceiptNumberState Apply(ReceiptNumberState state, ReceiptNumberEvent happened) =>
        happened is ReceiptNumberUsed used ? new(used.Case) : state;

    protected override Refusal? RefusalOf(ReceiptNumberEvent happened) => null;
}
