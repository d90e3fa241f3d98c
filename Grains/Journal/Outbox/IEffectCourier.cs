namespace TownReform.Grains.Journal.Outbox;

/// <summary>Brings an effect to the grain it is for.</summary>
public interface IEffectCourier
{
    /// <summary>Returns once the receiver has recorded it or had seen it.</summary>
    Task DeliverAsync(Delivery delivery);
}

/// <summary>Delivers through the cluster, by the grain type that the effect names.</summary>
internal sealed class GrainCourier(IGrainFactory grains) : IEffectCourier
{
    // Resolved once: by attribute at each delivery it costs as much as the delivery.
    private GrainInterfaceType? receiver;

    public Task DeliverAsync(Delivery delivery)
    {
        var id = GrainId.Create(delivery.TargetType, delivery.TargetKey);
        if (receiver is { } known)
        {
            return ((IEffectReceiver)grains.GetGrain(id, known)).ReceiveAsync(delivery);
        }

        var reference = grains.GetGrain(id).AsReference<IEffectReceiver>();
        receiver = ((GrainReference)(object)reference).InterfaceType;
        return reference.ReceiveAsync(delivery);
    }
}
