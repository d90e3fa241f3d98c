using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Tests.Live;

/// <summary>Moments as people write them, at the ends of the calendar too.</summary>
public sealed class MomentsTests
{
    [Theory]
    [InlineData("0001-01-01", 8)]
    [InlineData("0001-01-01T07:59:59", 8)]
    [InlineData("9999-12-31T23:59:59", -8)]
    [InlineData("0001-01-01T00:00+08:00", 8)]
    [InlineData("yesterday", 8)]
    [InlineData("", 8)]
    public void Parse_OutsideOfTime_IsBadInput(string text, int hours) =>
        Should.Throw<CommandFailedException>(() => Moments.Parse("--at", text, Zone(hours))).Code.ShouldBe(ExitCode.BadInput);

    [Theory]
    [InlineData("0001-01-01T08:00", 8, "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T15:59:59", -8, "9999-12-31T23:59:59Z")]
    [InlineData("2026-03-02T09:30", 8, "2026-03-02T01:30:00Z")]
    public void Parse_JustWithin_IsTheMoment(string text, int hours, string at) =>
        Moments
            .Parse("--at", text, Zone(hours))
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(at);

    private static TimeZoneInfo Zone(int hours) => TimeZoneInfo.CreateCustomTimeZone($"z{hours}", TimeSpan.FromHours(hours), null, null);
}
