using System.Collections.Concurrent;
using TownReform.Grains.Hosting;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Records;

namespace TownReform.Silo.Doors;

/// <summary>
/// The door between clients and the town, on live silos: a call that came through a gateway reaches a grain only if it is one of
/// <see cref="OpenCalls"/>.
/// What grains, the silo itself and its own client ask of each other passes. A refused call does nothing; it is answered by refusal 9010,
/// or by a fault
/// with the same words where the method promises no outcome.
/// </summary>
internal sealed class ClientDoor(OpenCalls open, ReadableFaults faults) : IIncomingGrainCallFilter
{
    /// <summary>How the id of the client inside a silo begins; a gateway lets no client from outside pass under such a one.</summary>
    private static ReadOnlySpan<byte> Hosted => "hosted-"u8;

    /// <summary>So long one that has nothing stays all the same: whoever calls it meanwhile is answered here, and not sent after it from
    /// one activation to the next.</summary>
    private static readonly TimeSpan Stays = TimeSpan.FromSeconds(1);

    private static readonly DeactivationReason Nothing = new(
        DeactivationReasonCode.ApplicationRequested,
        "A client called it up, and it has nothing."
    );

    private readonly ConcurrentDictionary<IGrainContext, bool> leaving = new(ReferenceEqualityComparer.Instance);

    // Two looks at bytes and one at a table. Most calls are inside ones of grains that have something: nothing has to be done after them.
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (IsInside(context.SourceId))
        {
            return context.Grain is IForgettable { HasNothing: true } ? InvokeAsync(context) : context.Invoke();
        }

        return open.Holds(context.Request) && open.Holds(context.TargetId) ? InvokeAsync(context) : Refuse(context);
    }

    /// <summary>Whether a call comes from a grain, a part of a silo, or the client that a silo has inside.</summary>
    public static bool IsInside(GrainId? source) =>
        source is { IsDefault: false } id && (!id.IsClient() || id.Key.AsSpan().StartsWith(Hosted));

    private async Task InvokeAsync(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (!ReadableFaults.IsReadable(fault))
        {
            throw faults.Of(fault, context.Request);
        }
        finally
        {
            Forget(context);
        }
    }

    // Whoever made keys up could fill the memory with grains that have nothing.
    private void Forget(IIncomingGrainCallContext context)
    {
        if (context.Grain is IForgettable { HasNothing: true } grain && leaving.TryAdd(context.TargetContext, true))
        {
            _ = ForgetAsync(context.TargetContext, grain);
        }
    }

    private async Task ForgetAsync(IGrainContext context, IForgettable grain)
    {
        await Task.Delay(Stays).ConfigureAwait(false);
        leaving.TryRemove(context, out _);
        if (grain.HasNothing)
        {
            context.Deactivate(Nothing);
        }
    }

    private Task Refuse(IIncomingGrainCallContext context)
    {
        var refusal = RecordingRefusals.NotForClients(context.InterfaceName, context.MethodName);
        TownMetrics.TurnedAway();
        Forget(context);
        if (RefusedOutcome.Of(context.InterfaceMethod) is { } outcome)
        {
            context.Result = outcome(refusal);
            return Task.CompletedTask;
        }

        return Task.FromException(new TownFaultException(refusal.Because, Deed.NotDone));
    }
}
