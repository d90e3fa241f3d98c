namespace TownReform.Benchmarks.Speed;

internal enum Role
{
    /// <summary>This system, full path.</summary>
    Town = 1,

    /// <summary>A stack that people build such systems on.</summary>
    Peer = 2,

    /// <summary>SQL by hand, without any framework.</summary>
    ByHand = 3,

    /// <summary>What the database, or Orleans, or the journal does by itself; nobody is served by it.</summary>
    Floor = 4,
}

/// <summary>A contender as the tables list it.</summary>
/// <param name="Begin">Makes it anew for each run.</param>
/// <param name="Most">Lanes at most, however many cases run at once.</param>
/// <param name="StepsPerCommit">Steps that one answer of a lane acknowledges.</param>
internal sealed record Entrant(
    string Name,
    Words Title,
    Role Role,
    GroundKind On,
    Func<Ground, IContender> Begin,
    int Most = int.MaxValue,
    int StepsPerCommit = 1
);
