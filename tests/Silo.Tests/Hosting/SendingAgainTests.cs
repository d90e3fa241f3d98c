using Microsoft.Extensions.DependencyInjection;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Hosting;

/// <summary>Calls that meet a silo on its way out, and calls without an answer.</summary>
public sealed class SendingAgainTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    [Fact]
    public async Task Call_RejectedTwice_IsAnsweredAtTheThirdTime()
    {
        var failing = new Failing(new SiloUnavailableException(), new SiloUnavailableException());
        await using var silo = await StartAsync(failing, services => services.AddSingleton<IOutgoingGrainCallFilter, SendingAgain>());
        (await ReadAsync(silo)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TownNotFounded);
        failing.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task Call_GrainLostItsPlaceToAnother_IsSentAgain()
    {
        var failing = new Failing(new JournalConflictException("town/yandian", 2));
        await using var silo = await StartAsync(failing, services => services.AddSingleton<IOutgoingGrainCallFilter, SendingAgain>());
        (await ReadAsync(silo)).Refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.TownNotFounded);
        failing.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Call_Unanswered_IsTheCallersToSendAgain()
    {
        var failing = new Failing(new TimeoutException());
        await using var silo = await StartAsync(failing, services => services.AddSingleton<IOutgoingGrainCallFilter, SendingAgain>());
        await Should.ThrowAsync<TimeoutException>(() => ReadAsync(silo));
        failing.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Found_UnansweredAndRejected_IsAskedForAgain()
    {
        await using var silo = await StartAsync(new Failing(new TimeoutException(), new SiloUnavailableException()), _ => { });
        (await new TownFounding(silo.Grains, Seeds).FoundAllAsync("r1")).ShouldBeNull();
        (await ReadAsync(silo)).Value.ShouldNotBeNull().Staff.ShouldNotBeEmpty();
    }

    // The filter that fails stands nearest to the grain.
    private static Task<EmbeddedSilo> StartAsync(Failing failing, Action<IServiceCollection> before) =>
        EmbeddedSilo.StartAsync(
            Seeds,
            services =>
            {
                before(services);
                services.AddSingleton<IOutgoingGrainCallFilter>(failing);
            },
            TestContext.Current.CancellationToken
        );

    private static Task<Outcome<TownView>> ReadAsync(EmbeddedSilo silo) =>
        silo.Grains.GetGrain<ITownGrain>(Address.Town("r1", "yandian")).ReadAsync();

    /// <summary>Fails the first calls of towns, one with each fault; towns are called side by side.</summary>
    private sealed class Failing(params Exception[] faults) : IOutgoingGrainCallFilter
    {
        private int calls;

        public int Calls => calls;

        public Task Invoke(IOutgoingGrainCallContext context) =>
            (context.InterfaceMethod.DeclaringType == typeof(ITownGrain) || context.InterfaceMethod.DeclaringType == typeof(ITownInside))
            && Interlocked.Increment(ref calls) is var call
            && call <= faults.Length
                ? Task.FromException(faults[call - 1])
                : context.Invoke();
    }
}
