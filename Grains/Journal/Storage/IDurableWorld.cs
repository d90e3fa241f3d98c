using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Storage;

/// <summary>Whether the live world of this silo can be written.</summary>
public interface ILiveWorld
{
    /// <summary>Why nothing can be recorded any more; null while all is well, and on a silo without a live world.</summary>
    Exception? Fault { get; }

    /// <summary>Why nothing can be recorded at this moment, for good or until it is over; null while all is well.</summary>
    Words? Hindrance { get; }

    /// <inheritdoc cref="StorageHealth.IsTold"/>
    bool IsTroubleTold { get; }
}

/// <summary>The live world, wherever it is kept.</summary>
public interface IDurableWorld : IJournal, IChainAudit, ICommitPlaces, ILiveWorld, IAsyncDisposable
{
    WorldStorage Storage { get; }

    /// <summary>How its storage fares.</summary>
    StorageHealth Health { get; }

    /// <summary>Finds out how its storage fares, where nothing else has told of late. Throws nothing.</summary>
    Task ProbeAsync();

    /// <summary>The key by which it knows its own snapshots; it stands with the record.</summary>
    ValueTask<byte[]> SnapshotKeyAsync();

    /// <summary>What its towns were founded as, and until when something was received.</summary>
    ValueTask<FoundedAs> ReadFoundedAsync();

    /// <summary>Begins to deliver effects, with those that a crash has left.</summary>
    void StartDelivering();

    /// <summary>Stops for good; records can still be made.</summary>
    ValueTask StopDeliveringAsync();
}
