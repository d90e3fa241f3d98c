using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Tests.Api;

/// <summary>A clock elsewhere, told from what it showed: by the quickest of the latest answers, anew when somebody has set it.</summary>
public sealed class ClockReadingsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private readonly ClockReadings readings = new();

    [Fact]
    public void Now_BeforeAnyReading_IsUnknown() => readings.At(TimeSpan.Zero).ShouldBeNull();

    [Fact]
    public void Now_AfterASlowReading_GoesByTheQuickOne()
    {
        Add(second: 0, trip: 2, off: 0);
        Add(second: 10, trip: 400, off: 150);
        OffAt(20).ShouldBe(0, "the slow answer says less of its moment");
    }

    [Fact]
    public void Now_AfterFourSlowOnes_GoesByTheQuickestOfThem()
    {
        Add(second: 0, trip: 2, off: 0);
        for (var i = 1; i <= ClockReadings.Kept; i++)
        {
            Add(second: 10 * i, trip: 100 - i, off: 10 * i);
        }

        OffAt(60).ShouldBe(10 * ClockReadings.Kept, "the first has been too long ago");
    }

    [Theory]
    [InlineData(12, 0)]
    [InlineData(13, 13)]
    public void Now_AfterTheClockWasSet_IsTheNewOne(int set, double off)
    {
        Add(second: 0, trip: 2, off: 0);
        Add(second: 10, trip: 2.5, off: set);
        OffAt(11).ShouldBe(off, "trips of two and a half milliseconds and ten of drift are no step");
    }

    private void Add(int second, double trip, double off) =>
        readings.Add(
            new ClockReading(Start.AddSeconds(second).AddMilliseconds(off), TimeSpan.FromSeconds(second), TimeSpan.FromMilliseconds(trip))
        );

    private double OffAt(int second) => (readings.At(TimeSpan.FromSeconds(second))!.Value - Start.AddSeconds(second)).TotalMilliseconds;
}
