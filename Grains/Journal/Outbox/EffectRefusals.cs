using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>What becomes of an effect whose delivery failed: it is tried again after a growing pause, and put aside when its receiver has
/// refused it often enough. A way that is closed is no refusal.</summary>
internal sealed class EffectRefusals(DeadLetterBox? aside, TimeProvider time, ILogger logger)
{
    /// <summary>From so many held effects on, those that are refused would hold up the others.</summary>
    private const int Crowded = EffectSource.Most / 2;

    private readonly DeliveryComplaints complaints = new(time);

    /// <returns>Whether the effect was put aside; else the lane rests.</returns>
    public bool PutsAside(EffectLanes lanes, EffectLane lane, int count, Exception fault)
    {
        var first = lane.Waiting.Peek().Delivery;
        if (DeliveryFaults.IsOfTheWay(fault))
        {
            // Storage in trouble is told by itself, here or on the silo that has it.
            if (fault is not TownFaultException { Passing: true } && !StorageFaults.IsOne(fault))
            {
                complaints.Tell(logger, count, first, fault);
            }

            return false;
        }

        lane.WasRefused(count, time.GetUtcNow());
        if (aside is not null && count == 1 && aside.IsEnough(lane, time.GetUtcNow(), crowded: lanes.Held >= Crowded))
        {
            var (refused, since) = (lane.Refused, lane.RefusedSince!.Value);
            aside.Add(lanes.PutAside(lane), refused, since, time.GetUtcNow(), fault);
            return true;
        }

        complaints.Tell(logger, count, first, fault);
        return false;
    }
}
