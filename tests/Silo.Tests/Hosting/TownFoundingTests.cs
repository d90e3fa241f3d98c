using System.Collections.Immutable;
using System.Reflection;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Hosting;

public sealed class TownFoundingTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    [Fact]
    public Task FoundAll_TownLostItsPlaceToAnotherActivation_IsAskedAgain() => IsAskedAgainAsync(new JournalConflictException("town/x", 2));

    /// <summary>Of silos that were killed together and start together: the directory's part of one that is gone keeps the town's new
    /// activation waiting, and Orleans gives it up.</summary>
    [Fact]
    public Task FoundAll_TownCouldNotBeRegisteredInTime_IsAskedAgain() => IsAskedAgainAsync(new TaskCanceledException());

    private static async Task IsAskedAgainAsync(Exception fault)
    {
        var towns = DispatchProxy.Create<IGrainFactory, TownsThatFailOnce>();
        ((TownsThatFailOnce)(object)towns).Fault = fault;
        (await new TownFounding(towns, Seeds).FoundAllAsync("r1")).ShouldBeNull();
        ((TownsThatFailOnce)(object)towns).Asked.ShouldBe(Seeds.Towns.Count * 2);
    }

#pragma warning disable CA1852 // A proxy is made by deriving from these.
    /// <summary>Gives towns that fail when they are first asked.</summary>
    private class TownsThatFailOnce : DispatchProxy
    {
        private int asked;

        public Exception Fault { get; set; } = null!;

        public int Asked => asked;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.GetGenericArguments() is [var asksFor] && asksFor == typeof(ICaseIndexGrain))
            {
                return Create<ICaseIndexGrain, NoCases>();
            }

            var town = Create<ITownInside, Town>();
            var failed = 0;
            ((Town)(object)town).Found = command =>
            {
                Interlocked.Increment(ref asked);
                return Interlocked.Increment(ref failed) == 1
                    ? Task.FromException<Outcome<TownView>>(Fault)
                    : Task.FromResult<Outcome<TownView>>(new TownView(command.Stamp.CommandId.ToString(), "", default, [], []));
            };
            return town;
        }
    }

    private class Town : DispatchProxy
    {
        public Func<FoundTown, Task<Outcome<TownView>>> Found { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ITownInside.CheckSeedsAsync) ? Task.FromResult<Refusal?>(null) : Found((FoundTown)args![0]!);
    }

    /// <summary>A world in which no case is open.</summary>
    private class NoCases : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Task.FromResult(ImmutableArray<CaseTotal>.Empty);
    }
#pragma warning restore CA1852
}
