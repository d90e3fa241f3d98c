using System.Globalization;

namespace TownReform.Grains.Recording;

/// <summary>What every recording grain may refuse.</summary>
public static class RecordingRefusals
{
    /// <summary>The id already stands for another command on this stream; answering would report something that never happened.</summary>
    public static Refusal CommandIdReused(Guid command, string act) => new(
        RefusalCode.CommandIdReused,
        "I2",
        new Words(
            $"命令编号 {command} 已用于另一项操作，本次“{act}”未办理。请换用新的命令编号重新提交。",
            $"Command id {command} already stands for another command, so this \"{act}\" was not done. Send it again under a new id."),
        [new Fact("commandId", command.ToString()), new Fact("act", act)]);

    /// <summary>Name of the fact that says after how many milliseconds to send the command again.</summary>
    public const string RetryAfter = "retryAfterMs";

    /// <summary>The silo has as much work as it can do in time. Nothing was done or recorded; the command may be sent again under its id.</summary>
    /// <param name="after">How long to wait; whole milliseconds, rounded up.</param>
    public static Refusal Busy(TimeSpan after)
    {
        var wait = ((long)Math.Ceiling(after.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        return new(
            RefusalCode.Busy,
            "I2",
            new Words(
                $"系统繁忙，本次未办理。请在 {wait} 毫秒后以同一命令编号重新提交。",
                $"The system is busy, and nothing was done. Send it again under the same command id after {wait} ms."),
            [new Fact(RetryAfter, wait)]);
    }
}
