using System.Collections.Immutable;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Brings effects to the grain they are for.</summary>
public interface IEffectCourier
{
    /// <summary>Returns once the receiver has recorded all of them or had seen them. They are for one grain, in commit order.</summary>
    Task DeliverAsync(ImmutableArray<Delivery> deliveries);
}

/// <summary>Delivers through the cluster, by the grain type that the effect names.</summary>
internal sealed class GrainCourier(IGrainFactory grains) : IEffectCourier
{
    // Resolved once: by attribute at each delivery it costs as much as the delivery.
    private GrainInterfaceType? receiver;

    public Task DeliverAsync(ImmutableArray<Delivery> deliveries)
    {
        var delivery = deliveries[0];
        var id = GrainId.Create(delivery.TargetType, delivery.TargetKey);
        if (receiver is { } known)
        {
            return ((IEffectReceiver)grains.GetGrain(id, known)).ReceiveAsync(deliveries);
        }

        var reference = grains.GetGrain(id).AsReference<IEffectReceiver>();
        receiver = ((GrainReference)(object)reference).InterfaceType;
        return reference.ReceiveAsync(deliveries);
    }
}
