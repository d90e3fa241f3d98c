using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>
/// A line for each entry of the log. What a disk, a database or a line to one has done is told in a line, too, and once a minute at most by
/// each who meets
/// it; how often it was met meanwhile comes with the next. Once the town has told of that trouble, nobody else does until it is over; what
/// becomes of messages meanwhile is told once a minute, too. Where in the code it was met is shown of other faults only: those are ours.
/// </summary>
internal sealed class TerseConsole(TimeProvider time) : ConsoleFormatter(Name)
{
    public new const string Name = "terse";

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Category, int Event, Type Fault), (long At, int More)> told = [];
    private volatile Func<bool>? isTold;

    /// <summary>From here on faults of the host itself are told; before, whoever starts it tells them.</summary>
    /// <param name="isTroubleTold">Whether the town has told that its storage is in trouble.</param>
    public void Started(Func<bool> isTroubleTold) => isTold = isTroubleTold;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var fault = logEntry.Exception;
        var isOfStorage = StorageFaults.IsOne(fault);
        if (fault is not null && (isTold is not { } isTroubleTold || (isOfStorage && isTroubleTold())))
        {
            return;
        }

        var isStorage = isOfStorage || fault is OrleansException or OperationCanceledException;
        var more = 0;
        if (
            (isStorage || IsOfMessages(logEntry.Category))
            && IsKnown((logEntry.Category, logEntry.EventId.Id, fault?.GetType() ?? typeof(void)), out more)
        )
        {
            return;
        }

        var line =
            $"{Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture)}] "
            + $"{OneLine(logEntry.Formatter(logEntry.State, null))}";
        textWriter.Write(
            fault is null ? line
            : isStorage ? $"{line} {OneLine(fault.GetBaseException().Message)}"
            : $"{line} {fault}"
        );
        textWriter.WriteLine(more > 0 ? $" (and {more.ToString(CultureInfo.InvariantCulture)} more like it before)" : "");
    }

    // A line for each call that nobody waits for any more, thousands after a database was locked.
    private static bool IsOfMessages(string category) => category is "Orleans.Messaging";

    private bool IsKnown((string Category, int Event, Type Fault) kind, out int more)
    {
        lock (gate)
        {
            var known = told.TryGetValue(kind, out var before) && time.GetElapsedTime(before.At) < Often;
            more = before.More;
            told[kind] = known ? (before.At, before.More + 1) : (time.GetTimestamp(), 0);
            return known;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Level(LogLevel level) =>
        level switch
        {
            LogLevel.Critical => "crit",
            LogLevel.Error => "fail",
            LogLevel.Warning => "warn",
            _ => "info",
        };
}
