using System.Collections.Immutable;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Takes effects and remembers them, in a cluster, unless it was told to refuse them.</summary>
public interface IReceiverGrain : IEffectReceiver
{
    /// <summary>From now on it takes none, or all again.</summary>
    Task RefuseAsync(bool refuses);

    Task<IReadOnlyList<EffectId>> TakenAsync();

    /// <summary>Sets a reminder and says how many there are.</summary>
    Task<int> RemindAsync(string name);
}

[GrainType("receiver-of-tests")]
public sealed class ReceiverGrain : Grain, IReceiverGrain, IRemindable
{
    private readonly List<EffectId> taken = [];
    private bool refuses;

    public Task RefuseAsync(bool refuses)
    {
        this.refuses = refuses;
        return Task.CompletedTask;
    }

    public Task ReceiveAsync(ImmutableArray<Delivery> deliveries)
    {
        if (refuses)
        {
            throw new ArgumentException("It takes none.", nameof(deliveries));
        }

        taken.AddRange(deliveries.Select(delivery => delivery.Id));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<EffectId>> TakenAsync() => Task.FromResult<IReadOnlyList<EffectId>>([.. taken]);

    public async Task<int> RemindAsync(string name)
    {
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5));
        return (await this.GetReminders()).Count;
    }

    public Task ReceiveReminder(string reminderName, Orleans.Runtime.TickStatus status) => Task.CompletedTask;
}
