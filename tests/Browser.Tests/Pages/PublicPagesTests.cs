using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Pages for anybody, in the states they have.</summary>
public class PublicPagesTests(WebTown town)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?q=许可")]
    [InlineData("/?q=zzzz")]
    [InlineData("/?kind=permit&town=yandian")]
    [InlineData("/track")]
    [InlineData("/track?number=YD00000001&code=x", 404)]
    [InlineData("/register")]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    [InlineData("/nowhere", 404)]
    public async Task Page_AtEverySizeAndScheme_IsForAll(string path, int status = 200)
    {
        await using var person = await town.StrangerAsync();
        (await person.OpenAsync(path)).Status.ShouldBe(status);
        await person.IsForAllAsync();
    }
}
