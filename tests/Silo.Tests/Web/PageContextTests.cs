using TownReform.Silo.Web;

namespace TownReform.Silo.Tests.Web;

/// <summary>Links that change one thing of a page and keep the rest.</summary>
public sealed class PageContextTests
{
    [Theory]
    [InlineData("/register", "/register?lang=en")]
    [InlineData("/register?town=guyun&before=7", "/register?town=guyun&before=7&lang=en")]
    [InlineData("/register?lang=zh&town=guyun", "/register?town=guyun&lang=en")]
    [InlineData("/?q=a%26b%3D%E6%B0%B4", "/?q=a%26b%3D%E6%B0%B4&lang=en")]
    public void With_AnotherValue_KeepsTheRest(string address, string link) =>
        new PageContext(PageLanguage.Chinese, address, IsLargePrint: false).With("lang", "en").ShouldBe(link);

    [Fact]
    public void Day_InEitherLanguage_HasItsWeekday()
    {
        var day = new DateOnly(2026, 12, 3);
        Pages.Chinese.Day(day).ShouldBe("2026年12月3日（周四）");
        Pages.English.Day(day).ShouldBe("Thu 3 Dec 2026");
    }

    [Fact]
    public void Moment_NearMidnight_IsTheTownsOwn() =>
        Pages.English.Moment(new DateTimeOffset(2026, 12, 2, 16, 30, 0, TimeSpan.Zero), "Asia/Shanghai").ShouldBe("3 Dec 2026 00:30");
}
