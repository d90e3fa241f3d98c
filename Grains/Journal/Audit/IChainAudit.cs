namespace TownReform.Grains.Journal.Audit;

/// <summary>A journal that can prove itself. Both journals are one.</summary>
public interface IChainAudit
{
    /// <summary>Recomputes every chain from what is stored.</summary>
    ValueTask<ChainReport> VerifyAsync(CancellationToken cancellation = default);
}
