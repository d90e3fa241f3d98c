using System.Data.Common;
using Microsoft.Extensions.Logging;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Journal.Outbox;

/// <summary>Why a delivery failed: on the way there or in recording it, which ends by itself, or because the receiver can't take
/// it.</summary>
internal static class DeliveryFaults
{
    /// <summary>Whether a fault is of the way: a silo that left, time that was over, a place that another took, storage that fails. It says
    /// nothing of the effect.</summary>
    public static bool IsOfTheWay(Exception fault) =>
        fault switch
        {
            TownFaultException { Passing: true } => true,
            TimeoutException
            or OperationCanceledException
            or OrleansException
            or JournalConflictException
            or WriterClosedException
            or ObjectDisposedException => true,
            IOException or DbException or System.Net.Sockets.SocketException or OutOfMemoryException => true,
            AggregateException many => many.InnerExceptions.All(IsOfTheWay),
            _ => false,
        };
}

/// <summary>Tells of deliveries that failed: the first at once, then how many there were, once in a while. No stack for each.</summary>
internal sealed partial class DeliveryComplaints(TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private long told;
    private int untold;

    public void Tell(ILogger logger, int count, Delivery first, Exception fault)
    {
        if (told != 0 && time.GetElapsedTime(told) < Between)
        {
            untold++;
            return;
        }

        Failed(
            logger: logger,
            count: count,
            stream: first.Id.Stream,
            version: first.Id.Version,
            type: first.TargetType,
            key: first.TargetKey,
            untold: untold,
            fault: $"{fault.GetType().Name}: {fault.Message}"
        );
        (told, untold) = (time.GetTimestamp(), 0);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} effects, the first of {Stream} #{Version}, did not reach {Type} {Key} and are delivered again ({Untold} such "
            + "deliveries before were not told): {Fault}"
    )]
    private static partial void Failed(
        ILogger logger,
        int count,
        string stream,
        long version,
        string type,
        string key,
        int untold,
        string fault
    );
}
