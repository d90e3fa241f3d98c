using System.Globalization;

namespace TownReform.Grains.Rules.Moments;

/// <summary>What is said to a command whose moment can't be: both moments, and what to do.</summary>
public static class MomentRefusals
{
    public static Refusal OffTheClock(Stamp stamp, DateTimeOffset received, TimeSpan allowance)
    {
        var (at, now, minutes) = (
            MomentWords.Told(stamp.At, stamp.At),
            MomentWords.Told(received, stamp.At),
            allowance.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture)
        );
        return new(
            RefusalCode.MomentOffClock,
            "I2",
            stamp.At > received
                ? new Words(
                    $"命令的时刻 {at} 晚于系统时钟 {now} 超过 {minutes} 分钟，未办理。请校准本机时钟后重新提交。",
                    $"The command is stamped {at}, more than {minutes} minutes after the silo's clock, {now}, so nothing was "
                        + "done. Set your clock right and send it again."
                )
                : new Words(
                    $"命令的时刻 {at} 早于系统时钟 {now} 超过 {minutes} 分钟，未办理。请校准本机时钟；确系事后补录的，请注明补录事由和书面凭据。",
                    $"The command is stamped {at}, more than {minutes} minutes before the silo's clock, {now}, so nothing was "
                        + "done. Set your clock right; for what was done on paper then, make it a late entry with its reason and its "
                        + "paper."
                ),
            [
                new Fact("at", Iso(stamp.At)),
                new Fact("received", Iso(received)),
                new Fact("allowance-seconds", ((long)allowance.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ]
        );
    }

    public static Refusal BeforeTheLast(Stamp stamp, DateTimeOffset last)
    {
        var (at, before) = (MomentWords.Told(stamp.At, stamp.At), MomentWords.Told(last, stamp.At));
        return new(
            RefusalCode.MomentBeforeLastRecord,
            "I2",
            new Words(
                $"命令的时刻 {at} 早于该记录上一条的时刻 {before}；记录不得倒序，未办理。请按 {before} 之后的时刻重新提交。",
                $"The command is stamped {at}, before the last record there, {before}. A record never goes back in time, so "
                    + $"nothing was done; send it with a moment after {before}."
            ),
            [new Fact("at", Iso(stamp.At)), new Fact("last", Iso(last))]
        );
    }

    /// <returns>Null when it has both.</returns>
    public static Refusal? Incomplete(LateEntry late)
    {
        var (zh, en) = (string.IsNullOrWhiteSpace(late.Reason), string.IsNullOrWhiteSpace(late.Paper)) switch
        {
            (true, true) => ("事由和书面凭据", "reason and paper"),
            (true, false) => ("事由", "reason"),
            (false, true) => ("书面凭据", "paper"),
            _ => ("", ""),
        };
        return en.Length == 0
            ? null
            : new(
                RefusalCode.LateEntryIncomplete,
                "I2",
                new Words(
                    $"补录须注明事由和书面凭据，缺：{zh}。未办理。",
                    $"A late entry needs its reason and the paper that proves it; missing: {en}. Nothing was done."
                ),
                [new Fact("missing", en)]
            );
    }

    private static string Iso(DateTimeOffset moment) => moment.ToString("O", CultureInfo.InvariantCulture);
}
