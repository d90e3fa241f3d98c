using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Hosting;

/// <summary>Whether the town can be asked through this process, and can record.</summary>
internal interface IReadiness
{
    /// <summary>Why it can't, in both languages; null when it can.</summary>
    ValueTask<string?> HindranceAsync();
}

/// <summary>That of a silo: its own storage.</summary>
internal sealed class SiloReadiness(ILiveWorld world) : IReadiness
{
    public ValueTask<string?> HindranceAsync() => new(world.Hindrance is { } why ? $"not recording: {why.En} / 不能记录：{why.Zh}" : null);
}

/// <summary>That of a process without a silo: some silo answers.</summary>
internal sealed class TownReadiness(IGrainFactory grains) : IReadiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<string?> HindranceAsync()
    {
        try
        {
            await grains.Grain<ICaseIndexGrain>(Address.Live).TimeAsync().WaitAsync(Patience);
            return null;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return "no silo answers / 没有节点应答";
        }
    }
}
