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
    public Task DeliverAsync(Delivery delivery) =>
        grains.GetGrain(GrainId.Create(delivery.TargetType, delivery.TargetKey)).AsReference<IEffectReceiver>().ReceiveAsync(delivery);
}
