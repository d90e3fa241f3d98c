using System.Globalization;

namespace TownReform;

/// <summary>The answer that there is more to do than is done in time (9002). Nothing was done or recorded; the command may be sent again
/// under its id.</summary>
public static class Busy
{
    /// <summary>Name of the fact that says after how many milliseconds to send the command again.</summary>
    public const string RetryAfter = "retryAfterMs";

    private static readonly TimeSpan Unsaid = TimeSpan.FromMilliseconds(100);

    /// <param name="after">How long to wait; whole milliseconds, rounded up.</param>
    public static Refusal After(TimeSpan after)
    {
        var wait = ((long)Math.Ceiling(after.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        return new(
            RefusalCode.Busy,
            "I2",
            new Words(
                $"系统繁忙，本次未办理。请在 {wait} 毫秒后以同一命令编号重新提交。",
                $"The system is busy, and nothing was done. Send it again under the same command id after {wait} ms."
            ),
            [new Fact(RetryAfter, wait)]
        );
    }

    /// <summary>How long a busy answer asks its reader to wait; 100 ms where it doesn't say.</summary>
    public static TimeSpan WaitOf(Refusal busy) =>
        busy.Facts.FirstOrDefault(fact => fact.Name == RetryAfter).Value is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? TimeSpan.FromMilliseconds(asked)
            : Unsaid;
}

/// <summary>
/// Has a client hear "busy" (9002) as an answer where a grain has more requests waiting than it may: the silo turns such a request away
/// unread,
/// which would reach the caller as a fault. Only for methods that answer with an outcome.
/// </summary>
public sealed class AnsweringBusy : IOutgoingGrainCallFilter
{
    /// <summary>A line that is full takes about so long to shorten.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (LimitExceededException) when (RefusedOutcome.Of(context.InterfaceMethod) is { } refuse)
        {
            context.Result = refuse(Busy.After(Wait));
        }
    }
}
