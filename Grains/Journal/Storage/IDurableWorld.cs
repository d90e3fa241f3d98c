using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Storage;

/// <summary>Whether the live world of this silo can be written.</summary>
public interface ILiveWorld
{
    /// <summary>Why nothing can be recorded any more; null while all is well, and on a silo without a live world.</summary>
    Exception? Fault { get; }
}

/// <summary>The live world, wherever it is kept.</summary>
public interface IDurableWorld : IJournal, IChainAudit, ILiveWorld, IAsyncDisposable
{
    WorldStorage Storage { get; }

    /// <summary>Begins to deliver effects, with those that a crash has left.</summary>
    void StartDelivering();

    /// <summary>Stops for good; records can still be made.</summary>
    ValueTask StopDeliveringAsync();
}
