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
}
