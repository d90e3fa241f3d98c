namespace TownReform.Grains.Journal.Storage;

/// <summary>What the towns of a record were founded as.</summary>
/// <param name="Practice">True in a practice town (培训环境); null where no town is founded yet.</param>
/// <param name="LastReceived">By the silo's clock of then; null where nothing was received.</param>
public readonly record struct FoundedAs(bool? Practice, DateTimeOffset? LastReceived);

/// <summary>A practice town was started as a real one, or a real one as a practice town; nothing was changed.</summary>
/// <param name="practice">What its record says.</param>
public sealed class FoundedOtherwiseException(bool practice) : IOException(Of(practice).En)
{
    public Words Words { get; } = Of(practice);

    private static Words Of(bool practice) =>
        practice
            ? new(
                "数据属于培训环境，不能作为正式的镇启动。请以 --clock 时刻 启动（时钟接着上次继续），或用 --data 另选文件夹。",
                "These data are a practice town's; it can't be started as a real one. Start it with --clock MOMENT (its clock "
                    + "goes on where it was), or choose another folder with --data."
            )
            : new(
                "数据属于正式的镇，不能作为培训环境启动。请去掉 --clock，或用 --data 为培训另选一个新文件夹。",
                "These data are a real town's; it can't be started as a practice town. Leave out --clock, or choose a new folder "
                    + "for practice with --data."
            );
}
