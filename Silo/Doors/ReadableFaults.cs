using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Invocation;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Doors;

/// <summary>
/// The one place where what a grain throws becomes something that whoever called can read, on this silo, another or in a client: a
/// <see cref="TownFaultException"/> that says in both languages what is
/// wrong, whether anything was done, and the command id to send again. Orleans' own faults, cancellations, time-outs and lost places pass
/// as they are: callers go by them.
/// </summary>
internal sealed partial class ReadableFaults(ILogger<ReadableFaults> logger, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Stamps = new();

    private long told;

    /// <summary>Whether callers everywhere know this kind of exception.</summary>
    public static bool IsReadable(Exception fault) =>
        fault switch
        {
            TownFaultException or JournalConflictException => true,
            AggregateException => false,
            OperationCanceledException or TimeoutException => fault.InnerException is null,
            OrleansException => fault.GetType().Assembly == typeof(OrleansException).Assembly
                && (fault.InnerException is null || IsReadable(fault.InnerException)),
            _ => false,
        };

    /// <summary>What a fault is for those who called.</summary>
    /// <param name="call">The call that ended with it.</param>
    public TownFaultException Of(Exception fault, IInvokable call)
    {
        var command = CommandOf(call);
        var (about, deed, passing) = Describe(fault.GetBaseException(), command is not null);
        // What storage does is told once, by its health.
        if (
            !StorageFaults.IsOne(fault)
            && Volatile.Read(ref told) is var before
            && (before == 0 || time.GetElapsedTime(before) > Between)
            && Interlocked.CompareExchange(ref told, time.GetTimestamp(), before) == before
        )
        {
            Failed(logger, call.GetInterfaceName(), call.GetMethodName(), $"{fault.GetType().Name}: {fault.GetBaseException().Message}");
        }

        return new TownFaultException(Told(about, deed, command), deed, command, passing);
    }

    private static (Words About, Deed Deed, bool Passing) Describe(Exception fault, bool isCommand) =>
        fault switch
        {
            // A commit may have gone through before its answer was lost.
            _ when StorageFaults.IsOne(fault) && StorageFaults.Of(fault) is var why => (
                new(
                    $"记录现在无法写入或读取：{why.Zh.TrimEnd('。')}",
                    $"The record can't be written or read just now: {why.En.TrimEnd('.')}"
                ),
                isCommand ? Deed.Unknown : Deed.NotDone,
                true
            ),
            DbException or ObjectDisposedException => (
                new("记录现在无法写入或读取", "The record can't be written or read just now"),
                isCommand ? Deed.Unknown : Deed.NotDone,
                true
            ),
            OutOfMemoryException => (new("节点内存不足", "The silo is short of memory"), isCommand ? Deed.Unknown : Deed.NotDone, true),
            ArgumentException or NullReferenceException or FormatException or OverflowException or KeyNotFoundException when !isCommand => (
                new("所问内容不完整或不是系统认得的", "What was asked is incomplete, or nothing that the system knows"),
                Deed.NotDone,
                false
            ),
            _ => (
                new($"系统内部故障（{fault.GetType().Name}）", $"A fault inside the system ({fault.GetType().Name})"),
                isCommand ? Deed.Unknown : Deed.NotDone,
                false
            ),
        };

    private static Words Told(Words about, Deed deed, Guid? command) =>
        deed == Deed.Unknown
            ? new(
                $"{about.Zh}。是否已办理不能确定：请稍后以同一命令编号 {command} 重新提交，已办理的不会重复办理。",
                $"{about.En}. Whether it was done isn't known: send it again under the same command id {command} after a while; "
                    + "what was done is not done twice."
            )
            : new($"{about.Zh}，未办理。", $"{about.En}, and nothing was done.");

    // Only on the way of a fault, and each type of command once.
    private static Guid? CommandOf(IInvokable call)
    {
        for (var i = 0; i < call.GetArgumentCount(); i++)
        {
            var argument = call.GetArgument(i);
            if (argument is Stamp own)
            {
                return own.CommandId;
            }

            if (
                argument is not null
                && Stamps.GetOrAdd(
                    argument.GetType(),
                    static type =>
                        type.GetProperty(nameof(Stamp)) is { } property && property.PropertyType == typeof(Stamp) ? property : null
                )
                    is { } found
                && found.GetValue(argument) is Stamp stamp
            )
            {
                return stamp.CommandId;
            }
        }

        return null;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Interface}.{Method} failed and its caller was told so: {Fault}. Further ones within half a minute are not told here."
    )]
    private static partial void Failed(ILogger logger, string @interface, string method, string fault);
}
