using System.Reflection;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Hosting;

public sealed class TownFoundingTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(Repository.Seeds);

    [Fact]
    public async Task FoundAll_TownLostItsPlaceToAnotherActivation_IsAskedAgain()
    {
        var towns = DispatchProxy.Create<IGrainFactory, TownsThatLoseTheirPlaceOnce>();
        (await new TownFounding(towns, Seeds).FoundAllAsync("r1")).ShouldBeNull();
        ((TownsThatLoseTheirPlaceOnce)(object)towns).Asked.ShouldBe(Seeds.Towns.Count * 2);
    }

#pragma warning disable CA1852 // A proxy is made by deriving from these.
    /// <summary>Gives towns that have lost their place to another activation when they are first asked.</summary>
    private class TownsThatLoseTheirPlaceOnce : DispatchProxy
    {
        private int asked;

        public int Asked => asked;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var town = Create<ITownGrain, Town>();
            var lost = 0;
            ((Town)(object)town).Found = command =>
            {
                Interlocked.Increment(ref asked);
                return Interlocked.Increment(ref lost) == 1
                    ? Task.FromException<Outcome<TownView>>(new JournalConflictException("town/x", 2))
                    : Task.FromResult<Outcome<TownView>>(new TownView(command.Stamp.CommandId.ToString(), "", default, [], []));
            };
            return town;
        }
    }

    private class Town : DispatchProxy
    {
        public Func<FoundTown, Task<Outcome<TownView>>> Found { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Found((FoundTown)args![0]!);
    }
#pragma warning restore CA1852
}
