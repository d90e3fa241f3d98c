using TownReform.Client.Live;

namespace TownReform.Client.Tests.Live;

/// <summary>In whose zone the moments of a record are shown.</summary>
public sealed class RecordZoneTests
{
    private static readonly (string Code, string Prefix, TimeZoneInfo Zone)[] One = [("yandian", "YD", Zone(8)), ("guyun", "GY", Zone(8))];
    private static readonly (string Code, string Prefix, TimeZoneInfo Zone)[] Two =
    [
        ("yandian", "YD", Zone(8)),
        ("kashgar", "YDK", Zone(6)),
    ];

    [Theory]
    [InlineData("case/YD00000001", 8)]
    [InlineData("case/YDK00000001", 6)]
    [InlineData("town/kashgar", 6)]
    [InlineData("bureau/yandian/enforcement", 8)]
    [InlineData("county-office/linqing/housing", 0)]
    [InlineData("", 0)]
    public void Of_TownsInTwoZones_IsThatOfTheStreamsOwn(string stream, int hours) =>
        RecordZone.Of(stream, Two).Zone.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(hours));

    [Theory]
    [InlineData("county-office/linqing/housing")]
    [InlineData("case/XX00000001")]
    public void Of_TownsInOneZone_IsIt(string stream) => RecordZone.Of(stream, One).Zone.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(8));

    [Fact]
    public void Of_NoSeeds_IsUtc() => RecordZone.Of(null, "town/yandian").ShouldBe(RecordZone.Utc);

    private static TimeZoneInfo Zone(int hours) => TimeZoneInfo.CreateCustomTimeZone($"z{hours}", TimeSpan.FromHours(hours), null, null);
}
