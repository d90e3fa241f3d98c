using TownReform.Grains.Simulation;

namespace TownReform.Grains.Tests.Simulation;

/// <summary>Virtual time goes forward only, and what was scheduled first for a moment happens first.</summary>
public sealed class VirtualClockTests
{
    private static readonly DateTime Nine = new(2019, 4, 10, 9, 0, 0);
    private readonly VirtualClock clock = new(TimeZoneInfo.CreateCustomTimeZone("cn", TimeSpan.FromHours(8), "cn", "cn"));
    private readonly List<string> happened = [];

    [Fact]
    public async Task Next_SameMoment_ComesInTheOrderOfScheduling()
    {
        At(1, "later");
        foreach (var name in "abcdefgh")
        {
            At(0, $"{name}");
        }

        await RunAsync(Nine.AddHours(1));
        happened.ShouldBe(["a", "b", "c", "d", "e", "f", "g", "h", "later"]);
    }

    [Fact]
    public async Task Schedule_InThePast_HappensNow()
    {
        clock.Schedule(
            Nine,
            () =>
            {
                clock.Schedule(Nine.AddHours(-1), () => Note($"{clock.Now:HH:mm}"));
                return Task.CompletedTask;
            }
        );
        await RunAsync(Nine);
        happened.ShouldBe(["09:00"]);
        clock.At.ShouldBe(new DateTimeOffset(Nine, TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void Next_AroundTheEnd_ComesUpToIt(int seconds, bool comes)
    {
        At(0, "x");
        (clock.Next(Nine.AddSeconds(seconds)) is not null).ShouldBe(comes);
    }

    private void At(int hours, string name) => clock.Schedule(Nine.AddHours(hours), () => Note(name));

    private Task Note(string name)
    {
        happened.Add(name);
        return Task.CompletedTask;
    }

    private async Task RunAsync(DateTime end)
    {
        while (clock.Next(end) is { } next)
        {
            await next();
        }
    }
}
