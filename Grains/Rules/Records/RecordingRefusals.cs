using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Rules.Records;

/// <summary>What every recording grain may refuse.</summary>
public static class RecordingRefusals
{
    /// <summary>The id already stands for another command on this stream; answering would report something that never happened.</summary>
    /// <param name="said">What the act is called, where that is known; else its code stands for it.</param>
    public static Refusal CommandIdReused(Guid command, string act, Words? said = null) =>
        new(
            RefusalCode.CommandIdReused,
            "I2",
            new Words(
                $"命令编号 {command} 已用于另一项命令，本次“{said?.Zh ?? act}”未办理。请换用新的命令编号重新提交。",
                $"Command id {command} already stands for another command, so this \"{act}\" was not done. Send it again under a new id."
            ),
            [new Fact("commandId", command.ToString()), new Fact("act", act)]
        );

    /// <summary>A key names an office that no town or county of the seeds has.</summary>
    public static Refusal NoSuchOffice(string key)
    {
        key = Characters.Told(key);
        return new(
            RefusalCode.NoSuchOffice,
            "I2",
            new Words(
                $"没有 {key} 这一机构，未办理。请核对镇、县代码和机构代码。",
                $"There is no office {key}, so nothing was done. Check the code of the town or county and that of the office."
            ),
            [new Fact("office", key)]
        );
    }

    /// <summary>A refusal for whoever is promised no outcome.</summary>
    public static TownFaultException AsFault(this Refusal refusal) => new(refusal.Because, Deed.NotDone);

    /// <summary>There is no effect of that number among those that were put aside.</summary>
    public static Refusal NotSetAside(long id) =>
        new(
            RefusalCode.NotSetAside,
            "I2",
            new Words(
                $"搁置的后续动作中没有编号 {id}，请核对搁置清单。",
                $"No effect {id} was put aside. Check the list of those that were."
            ),
            [new Fact("id", $"{id}")]
        );

    /// <summary>An effect that was put aside was delivered again, and its receiver refused it again.</summary>
    public static Refusal RefusedAgain(long id, string why) =>
        new(
            RefusalCode.EffectRefusedAgain,
            "I2",
            new Words(
                $"搁置的后续动作 {id} 再次投递仍未被接收，继续搁置：{why}",
                $"Effect {id} was delivered again and refused again; it stays aside: {why}"
            ),
            [new Fact("id", $"{id}"), new Fact("why", why)]
        );

    /// <summary>A client called what only grains, or the silo itself, may call.</summary>
    public static Refusal NotForClients(string @interface, string method) =>
        new(
            RefusalCode.NotForClients,
            "I2",
            new Words(
                $"“{@interface}.{method}”是系统内部的调用，不对客户端开放，未办理。请使用为客户端提供的接口（见 docs/clients.md）。",
                $"\"{@interface}.{method}\" is a call inside the system and not open to clients, so nothing was done. Use the "
                    + "interfaces that clients are given (see docs/clients.md)."
            ),
            [new Fact("interface", @interface), new Fact("method", method)]
        );
}
