using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Hosting;

/// <summary>Silos inside this process: no port, no folder, side by side.</summary>
public sealed class EmbeddedSiloTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    [Fact]
    public async Task Start_TwoAtOnce_DoNotMeet()
    {
        await using var one = await EmbeddedSilo.StartAsync(Seeds, cancellation: TestContext.Current.CancellationToken);
        await using var other = await EmbeddedSilo.StartAsync(Seeds, cancellation: TestContext.Current.CancellationToken);
        (await new TownFounding(one.Grains, Seeds).FoundAllAsync("r1")).ShouldBeNull();

        (await ReadAsync(one)).Value.ShouldNotBeNull().Staff.ShouldNotBeEmpty();
        (await ReadAsync(other)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TownNotFounded);
    }

    [Fact]
    public async Task Found_Twice_ChangesNothing()
    {
        await using var silo = await EmbeddedSilo.StartAsync(Seeds, cancellation: TestContext.Current.CancellationToken);
        var founding = new TownFounding(silo.Grains, Seeds);
        (await founding.FoundAllAsync(Address.Live)).ShouldBeNull();
        (await founding.WakeAllAsync(Address.Live, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)))).ShouldBeNull();
        var audit = silo.Grains.GetGrain<IAuditGrain>(Address.Live);
        var before = await audit.VerifyAsync();

        (await founding.FoundAllAsync(Address.Live)).ShouldBeNull();
        var after = await audit.VerifyAsync();
        (after.Records, after.Broken).ShouldBe((before.Records, null));
    }

    [Fact]
    public async Task Wake_DayAfterTheCalendar_IsToldAndNotFatal()
    {
        await using var silo = await EmbeddedSilo.StartAsync(Seeds, cancellation: TestContext.Current.CancellationToken);
        var founding = new TownFounding(silo.Grains, Seeds);
        (await founding.FoundAllAsync(Address.Live)).ShouldBeNull();
        var last = new DateTimeOffset(Seeds.Calendar.LastDay, new TimeOnly(9, 0), TimeSpan.FromHours(8));
        (await founding.WakeAllAsync(Address.Live, last)).ShouldBeNull();
        (await founding.WakeAllAsync(Address.Live, last.AddDays(1))).ShouldNotBeNull();
    }

    private static Task<Outcome<TownView>> ReadAsync(EmbeddedSilo silo) =>
        silo.Grains.GetGrain<ITownGrain>(Address.Town("r1", "yandian")).ReadAsync();
}
