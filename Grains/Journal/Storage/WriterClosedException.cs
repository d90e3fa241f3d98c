namespace TownReform.Grains.Journal.Storage;

/// <summary>The other silos declared this one dead and closed its writer; it can record nothing any more and has to stop.</summary>
public sealed class WriterClosedException(Exception inner)
    : IOException(
        "本节点已被其他节点判定失效，不能再写入记录；请重新启动。 / The other silos declared this one dead; it can record nothing any more. Start it again.",
        inner
    );
