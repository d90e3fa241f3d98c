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

    /// <summary>A client called what only grains, or the silo itself, may call.</summary>
    public static Refusal NotForClients(string @interface, string method) => new(
        RefusalCode.NotForClients,
        "I2",
        new Words(
            $"“{@interface}.{method}”是系统内部的调用，不对客户端开放，未办理。请使用为客户端提供的接口（见 README）。",
            $"\"{@interface}.{method}\" is a call inside the system and not open to clients, so nothing was done. Use the interfaces that clients are given (see the README)."),
        [new Fact("interface", @interface), new Fact("method", method)]);
}
