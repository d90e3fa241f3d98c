using System.Collections.Concurrent;
using TownReform.Grains.Recording;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>Counts the calls that begin at each grain, so that a test can wait for them instead of a time.</summary>
internal sealed class CallWatch : IIncomingGrainCallFilter
{
    private static readonly DeactivationReason Nothing = new(DeactivationReasonCode.ApplicationRequested, "It has nothing.");
    private readonly ConcurrentDictionary<GrainId, int> begun = new();
    private readonly ConcurrentDictionary<GrainId, bool> forgotten = new();

    /// <summary>How many calls have begun at a grain.</summary>
    public int Begun(IAddressable grain) => begun.GetValueOrDefault(grain.GetGrainId());

    /// <summary>Waits until so many have.</summary>
    public Task BegunAsync(IAddressable grain, int times) =>
        Eventually.HoldsAsync($"{times} calls have begun at {grain.GetGrainId()}", () => Begun(grain) >= times);

    /// <summary>Has a grain that has nothing forgotten as soon as one of its calls is answered, as the door of a live silo does.</summary>
    public void ForgetWhenAnswered(IAddressable grain) => forgotten[grain.GetGrainId()] = true;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        begun.AddOrUpdate(context.TargetId, 1, (_, n) => n + 1);
        await context.Invoke();
        if (forgotten.ContainsKey(context.TargetId) && context.Grain is IForgettable { HasNothing: true })
        {
            context.TargetContext.Deactivate(Nothing);
        }
    }
}
