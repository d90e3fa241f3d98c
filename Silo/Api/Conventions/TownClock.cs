using TownReform.Grains.Hosting;
using TownReform.Grains.Journal;

namespace TownReform.Silo.Api.Conventions;

/// <summary>The clock of the live town, by which commands are stamped; a practice town's is set to another day.</summary>
internal interface ITownClock
{
    /// <summary>What it shows now.</summary>
    ValueTask<DateTimeOffset> NowAsync();
}

/// <summary>That of the live town, whatever world a request is about.</summary>
internal interface ILiveTownClock : ITownClock;

/// <summary>The clock of a world that was held: it stands still.</summary>
internal sealed class HeldClock(DateTimeOffset now) : ITownClock
{
    public ValueTask<DateTimeOffset> NowAsync() => new(now);
}

/// <summary>That of a silo: at hand.</summary>
internal sealed class SiloTownClock(IWorlds worlds) : ILiveTownClock
{
    private readonly SiloClock clock = worlds.ReceptionOf(Address.Live).Clock!;

    public ValueTask<DateTimeOffset> NowAsync() => new(clock.Now);
}
